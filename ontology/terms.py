"""A constant for each term that the program writes or asks for; ``vocabulary.ttl`` and ``status.ttl`` say what each means."""

from __future__ import annotations

from typing import Final

CC: Final = "https://w3id.org/crosscity/ns#"
ELI: Final = "http://data.europa.eu/eli/ontology#"
ELI_DL: Final = "http://data.europa.eu/eli/eli-draft-legislation-ontology#"
SCHEMA: Final = "https://schema.org/"
ORG: Final = "http://www.w3.org/ns/org#"
OA: Final = "http://www.w3.org/ns/oa#"
PROV: Final = "http://www.w3.org/ns/prov#"
DCT: Final = "http://purl.org/dc/terms/"
FOAF: Final = "http://xmlns.com/foaf/0.1/"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"

PREFIXES: Final = {
    "cc": CC,
    "eli": ELI,
    "eli-dl": ELI_DL,
    "schema": SCHEMA,
    "org": ORG,
    "oa": OA,
    "prov": PROV,
    "dct": DCT,
    "foaf": FOAF,
    "skos": SKOS,
    "rdf": RDF,
    "rdfs": RDFS,
    "xsd": XSD,
}

TYPE: Final = RDF + "type"

# Own classes
MEETING: Final = CC + "Meeting"
WORKING_GROUP: Final = CC + "WorkingGroup"
HEADER_STATEMENT: Final = CC + "HeaderStatement"
PARTICIPATION: Final = CC + "Participation"
MENTION: Final = CC + "Mention"
CASE: Final = CC + "Case"
CASE_EVENT: Final = CC + "CaseEvent"
ESCALATION: Final = CC + "Escalation"
DIRECTIVE: Final = CC + "Directive"
REFERENCE: Final = CC + "Reference"
UNREAD_SENTENCE: Final = CC + "UnreadSentence"
STEP: Final = CC + "Step"
QUARTER: Final = CC + "Quarter"
SOURCE_FILE: Final = CC + "SourceFile"
CANDIDATE: Final = CC + "Candidate"
JUDGEMENT: Final = CC + "Judgement"
CORRECTION: Final = CC + "Correction"

# Own properties of documents and passages
SHA256: Final = CC + "sha256"
TEXT: Final = CC + "text"
ENCODING: Final = CC + "encoding"
PLACES: Final = CC + "places"
PAGE: Final = CC + "page"
PARAGRAPH: Final = CC + "paragraph"
FILE_NAME: Final = CC + "fileName"
EVIDENCE: Final = CC + "evidence"
SURFACE_EVIDENCE: Final = CC + "surfaceEvidence"
STATED_IN: Final = CC + "statedIn"
RULE: Final = CC + "rule"

# Own properties of meetings
PLATFORM: Final = CC + "platform"
GROUP: Final = CC + "group"
YEAR: Final = CC + "year"
ORDINAL: Final = CC + "ordinal"
START_TIME: Final = CC + "startTime"
END_TIME: Final = CC + "endTime"
VENUE: Final = CC + "venue"
MODE: Final = CC + "mode"
HOST: Final = CC + "host"
HOST_BASIS: Final = CC + "hostBasis"
HOST_RULE: Final = CC + "hostRule"
REVIEWS: Final = CC + "reviews"
REVIEWED: Final = CC + "reviewed"
REVIEW_OUTCOME: Final = CC + "reviewOutcome"
SENTENCES: Final = CC + "sentences"
FORMULAS: Final = CC + "formulas"
UNREAD: Final = CC + "unread"
FIELD: Final = CC + "field"
AT_MEETING: Final = CC + "meeting"

# Own properties of people
ROLE: Final = CC + "role"
OFFICE: Final = CC + "office"
NOTE: Final = CC + "note"
PERSON: Final = CC + "person"
CITY: Final = CC + "city"
OF_AGENCY: Final = CC + "agency"

# Own properties of mentions and agencies
SURFACE: Final = CC + "surface"
REFERS_TO: Final = CC + "refersTo"
OWN_SIDE: Final = CC + "ownSide"
PATH: Final = CC + "path"
LEVEL: Final = CC + "level"
BASIS: Final = CC + "basis"
SHORT_FORM: Final = CC + "shortForm"
VALID_FROM: Final = CC + "validFrom"
VALID_UNTIL: Final = CC + "validUntil"

# Own properties of cases and their events
OF_CASE: Final = CC + "case"
ORDER: Final = CC + "order"
ITEM: Final = CC + "item"
SECTION: Final = CC + "section"
ROUTINE: Final = CC + "routine"
PROPOSED_BY: Final = CC + "proposedBy"
PROPOSER_MENTION: Final = CC + "proposerMention"
INVOLVES: Final = CC + "involves"
INVOLVED_MENTION: Final = CC + "involvedMention"
FROM_EVENT: Final = CC + "fromEvent"
TO_EVENT: Final = CC + "toEvent"
RELATION: Final = CC + "relation"
POSSIBLY_SAME: Final = CC + "possiblySame"
ESCALATED_TO: Final = CC + "escalatedTo"
PURPOSE: Final = CC + "purpose"
AT_EVENT: Final = CC + "event"

# Own properties of directives and references
ACTION: Final = CC + "action"
ASSIGNED_TO: Final = CC + "assignedTo"
ACTOR_MENTION: Final = CC + "actorMention"
COUNTERPART: Final = CC + "counterpart"
COUNTERPART_MENTION: Final = CC + "counterpartMention"
DUE: Final = CC + "due"
DUE_DATE: Final = CC + "dueDate"
DUE_TEXT: Final = CC + "dueText"
STATE: Final = CC + "state"
REPORTED_AT: Final = CC + "reportedAt"
REPORT_EVIDENCE: Final = CC + "reportEvidence"
KIND: Final = CC + "kind"
TARGET: Final = CC + "target"

# Own properties of what waits for a decision, and of decisions
FIRST: Final = CC + "first"
SECOND: Final = CC + "second"
LIKENESS: Final = CC + "likeness"
SHARED: Final = CC + "shared"
REASON: Final = CC + "reason"
VERDICT: Final = CC + "verdict"
JUDGED_BY: Final = CC + "judgedBy"
JUDGED_ON: Final = CC + "judgedOn"
WHY: Final = CC + "why"
EXPECTED: Final = CC + "expected"
CORRECTED: Final = CC + "corrected"

# Own properties of coverage and of the build
QUARTER_NAME: Final = CC + "quarter"
MEETINGS_HELD: Final = CC + "meetingsHeld"
READ_FROM: Final = CC + "readFrom"
RULES_DIGEST: Final = CC + "rulesDigest"
JUDGEMENTS_FROM: Final = CC + "judgementsFrom"
CORRECTIONS_FROM: Final = CC + "correctionsFrom"
CORRECTIONS_DIGEST: Final = CC + "correctionsDigest"
SEEN_DIGEST: Final = CC + "seenDigest"
STRAND_DIGEST: Final = CC + "strandDigest"
INPUTS_DIGEST: Final = CC + "inputsDigest"
SCHEMA_VERSION: Final = CC + "storeVersion"
BASE: Final = CC + "base"

# Terms of others
ACTIVITY: Final = ELI_DL + "Activity"
PROCESS: Final = ELI_DL + "Process"
DECISION: Final = ELI_DL + "Decision"
FORESEEN_ACTIVITY: Final = ELI_DL + "ForeseenActivity"
ELI_DL_PARTICIPATION: Final = ELI_DL + "Participation"
ACTIVITY_DATE: Final = ELI_DL + "activity_date"
HAD_PARTICIPATION: Final = ELI_DL + "had_participation"
DECISION_OUTCOME: Final = ELI_DL + "decision_outcome"
EXPRESSION: Final = ELI + "Expression"
EVENT: Final = SCHEMA + "Event"
FORMAL_ORGANIZATION: Final = ORG + "FormalOrganization"
ORGANIZATIONAL_UNIT: Final = ORG + "OrganizationalUnit"
SUB_ORGANIZATION_OF: Final = ORG + "subOrganizationOf"
UNIT_OF: Final = ORG + "unitOf"
HAS_MEMBER: Final = ORG + "hasMember"
ORGANIZATIONAL_COLLABORATION: Final = ORG + "OrganizationalCollaboration"
CHANGE_EVENT: Final = ORG + "ChangeEvent"
ORIGINAL_ORGANIZATION: Final = ORG + "originalOrganization"
RESULTING_ORGANIZATION: Final = ORG + "resultingOrganization"
SPECIFIC_RESOURCE: Final = OA + "SpecificResource"
TEXT_QUOTE_SELECTOR: Final = OA + "TextQuoteSelector"
TEXT_POSITION_SELECTOR: Final = OA + "TextPositionSelector"
HAS_SOURCE: Final = OA + "hasSource"
HAS_SELECTOR: Final = OA + "hasSelector"
EXACT: Final = OA + "exact"
START: Final = OA + "start"
END: Final = OA + "end"
WAS_REVISION_OF: Final = PROV + "wasRevisionOf"
TITLE: Final = DCT + "title"
FORMAT: Final = DCT + "format"
SOURCE: Final = DCT + "source"
SPATIAL: Final = DCT + "spatial"
FOAF_PERSON: Final = FOAF + "Person"
FOAF_NAME: Final = FOAF + "name"
PREF_LABEL: Final = SKOS + "prefLabel"
ALT_LABEL: Final = SKOS + "altLabel"

# Schemes (status.ttl): a concept's IRI is the scheme's plus its notation
OUTCOME_SCHEME: Final = "https://w3id.org/crosscity/outcome/"
LEVEL_SCHEME: Final = "https://w3id.org/crosscity/level/"
