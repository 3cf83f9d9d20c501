"""The formats that minutes come in: a module each, bytes in, the text they hold and where its pages or paragraphs begin out."""
