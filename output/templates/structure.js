// What a network's ties say together, worked out for the ties shown: bridges, and clusters.

// The ties without which two bodies would work together over no chain of cases at all (Tarjan: no way back below the tie but over itself).
function bridgesOf(ties) {
  const beside = new Map(ties.flatMap((tie) => [[tie.a, []], [tie.b, []]]));
  for (const tie of ties) { beside.get(tie.a).push([tie.b, tie.id]); beside.get(tie.b).push([tie.a, tie.id]); }
  const entered = new Map(), lowest = new Map(), found = new Set();
  for (const root of beside.keys()) {
    if (entered.has(root)) continue;
    const path = [{ body: root, came: "", next: 0 }];
    entered.set(root, entered.size);
    lowest.set(root, entered.get(root));
    while (path.length) {
      const step = path[path.length - 1], ways = beside.get(step.body);
      if (step.next < ways.length) {
        const [there, tie] = ways[step.next++];
        if (tie === step.came) continue;
        if (entered.has(there)) { lowest.set(step.body, Math.min(lowest.get(step.body), entered.get(there))); continue; }
        entered.set(there, entered.size);
        lowest.set(there, entered.get(there));
        path.push({ body: there, came: tie, next: 0 });
        continue;
      }
      path.pop();
      if (!path.length) continue;
      const above = path[path.length - 1].body;
      lowest.set(above, Math.min(lowest.get(above), lowest.get(step.body)));
      if (lowest.get(step.body) > entered.get(above)) found.add(step.came);
    }
  }
  return found;
}

const MOST_IN_CLUSTERS = 500; // bodies with ties: above, numbers no longer help the eye

// The number, from 1, of each body's cluster, the largest first: bodies that work more with one another than with the rest. Greedy modularity
// over the weights (Clauset, Newman, Moore, Phys. Rev. E 70, 066111, 2004): the two groups whose union gains most are joined while any gains.
function clustersOf(ties) {
  const bodies = [...new Set(ties.flatMap((tie) => [tie.a, tie.b]))].sort();
  if (!ties.length || bodies.length > MOST_IN_CLUSTERS) return new Map();
  const number = new Map(bodies.map((body, i) => [body, i]));
  const groups = bodies.map((body) => ({ held: [body], degree: 0, to: new Map() }));
  let total = 0;
  for (const { a, b, weight } of ties) {
    total += weight;
    for (const [here, there] of [[number.get(a), number.get(b)], [number.get(b), number.get(a)]]) {
      groups[here].degree += weight;
      groups[here].to.set(there, (groups[here].to.get(there) || 0) + weight);
    }
  }
  for (;;) {
    let best = 1e-12, pair = null;
    groups.forEach((group, i) => {
      if (group) for (const [j, weight] of group.to) {
        const gain = weight / total - (group.degree * groups[j].degree) / (2 * total * total);
        if (i < j && gain > best + 1e-12) { best = gain; pair = [i, j]; }
      }
    });
    if (!pair) break;
    const [i, j] = pair, [kept, gone] = [groups[i], groups[j]];
    kept.held.push(...gone.held);
    kept.degree += gone.degree;
    for (const [k, weight] of gone.to) {
      groups[k].to.delete(j);
      if (k === i) continue;
      kept.to.set(k, (kept.to.get(k) || 0) + weight);
      groups[k].to.set(i, kept.to.get(k));
    }
    groups[j] = null;
  }
  const held = groups.filter(Boolean).map((group) => group.held.sort());
  held.sort((a, b) => b.length - a.length || (a[0] < b[0] ? -1 : 1));
  return new Map(held.flatMap((group, i) => group.map((body) => [body, i + 1])));
}
