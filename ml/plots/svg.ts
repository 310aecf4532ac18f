/** SVG as strings: elements, escaping and numbers short enough to read. */

export type Attributes = Readonly<Record<string, string | number | undefined>>;

export function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}

/** A number with at most two decimals: a hundredth of a pixel. */
export function px(value: number): string {
  return Number.isFinite(value) ? String(Math.round(value * 100) / 100) : '0';
}

/** An element; numbers are rounded to hundredths, undefined attributes left out, children are markup. */
export function el(tag: string, attributes: Attributes, ...children: readonly string[]): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${typeof value === 'number' ? px(value) : escapeText(String(value))}"`)
    .join('');
  return children.length === 0 ? `<${tag}${written}/>` : `<${tag}${written}>${children.join('')}</${tag}>`;
}

export function label(x: number, y: number, text: string, attributes: Attributes = {}): string {
  return el('text', { x, y, fill: 'currentColor', 'font-size': 12, ...attributes }, escapeText(text));
}

/** The whole picture. Scales with its container, inherits the page's text colour, carries its title for readers. */
export function svg(width: number, height: number, title: string, ...children: readonly string[]): string {
  return el(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${px(width)} ${px(height)}`,
      width,
      height,
      role: 'img',
      'aria-label': title,
      'font-family': 'system-ui, sans-serif',
      style: 'max-width:100%;height:auto',
    },
    el('title', {}, escapeText(title)),
    ...children,
  );
}
