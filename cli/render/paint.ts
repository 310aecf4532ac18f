const codes = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, blue: 34, cyan: 36, gray: 90 } as const;

export type Style = keyof typeof codes;
export type Paint = (style: Style, text: string) => string;

/** A painter for ANSI terminals, or one that leaves text alone. */
export function painter(color: boolean): Paint {
  return (style, text) => (color && text !== '' ? `\u001b[${codes[style]}m${text}\u001b[0m` : text);
}
