import { type Html, html, raw } from './html.ts';
import { style } from './style.ts';

export interface Page {
  readonly title: string;
  readonly header: Html;
  readonly body: Html;
  readonly footer: Html;
}

/** A whole document: everything inside, nothing fetched. */
export function pageText(page: Page): string {
  return `<!doctype html>\n${
    html`<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${page.title}</title>
<style>${raw(style)}</style>
</head>
<body>
<header class="top">${page.header}</header>
<main>${page.body}</main>
<footer>${page.footer}</footer>
</body>
</html>
`.text
  }`;
}
