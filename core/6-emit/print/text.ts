/** Stands for a line break inside a literal while text is being laid out: SQL text cannot hold NUL. */
const heldBreak = '\u0000';

/** Keeps the line breaks of a literal or quoted name out of the reach of `indent`. */
export function hold(text: string): string {
  return text.replaceAll('\n', heldBreak);
}

/** Puts the held line breaks back; the last step of printing. */
export function release(text: string): string {
  return text.replaceAll(heldBreak, '\n');
}

export function indent(text: string): string {
  return text.replace(/^(?=.)/gm, '  ');
}

/** Items on one line when that stays short, else one a line. */
export function list(items: readonly string[], width = 80): string {
  const flat = items.join(', ');
  return flat.length <= width && !flat.includes('\n') ? flat : items.join(',\n');
}

/** `open items close`, broken over lines when long. */
export function enclose(open: string, body: string, close: string): string {
  return body.includes('\n') || body.length > 100
    ? `${open}\n${indent(body)}\n${close}`
    : `${open}${body}${close}`;
}
