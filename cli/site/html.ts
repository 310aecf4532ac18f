/** HTML that is already escaped; everything else that is put into a template is escaped. */
export class Html {
  constructor(readonly text: string) {}
}

type Part = Html | string | number | undefined | readonly (Html | string | undefined)[];

/**
 * A template of HTML. Strings and numbers are escaped, `Html` is put in as it is, lists are joined, undefined
 * is nothing.
 *
 * @example html`<td>${name}</td>`
 */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(strings.reduce((out, text, at) => out + partText(parts[at - 1]) + text));
}

/** Marks text from our own code (SVG of the plots, CSS) as HTML. */
export function raw(text: string): Html {
  return new Html(text);
}

function partText(part: Part): string {
  if (part === undefined) return '';
  if (part instanceof Html) return part.text;
  if (typeof part === 'object') return part.map(partText).join('');
  return escapeHtml(String(part));
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}
