import { CST, Parser, type YAMLError } from 'yaml';
import { type Diagnostic, type LineIndex, reportLoad } from '../../diagnostics/index.ts';
import type { SourceText } from '../project.ts';

interface Words {
  readonly problem: string;
  readonly cause?: string;
  readonly fix: string;
}

/** What the `yaml` package's errors mean to somebody who writes project files. Others keep its own words. */
const words: readonly (readonly [pattern: RegExp, words: Words])[] = [
  [
    /Nested mappings are not allowed in compact mappings|Nested mappings are not allowed/,
    {
      problem: 'a value without quotes holds `: `',
      cause: 'YAML reads what stands before it as a key',
      fix: 'Put the value in quotes.',
    },
  ],
  [
    /Sequence item without - indicator|All (mapping|sequence) items must start at the same column|must be sufficiently indented/,
    {
      problem: 'the indentation fits nothing above',
      fix: 'Begin the line below the key or the dash that it belongs with.',
    },
  ],
  [
    /Implicit (map )?keys need to be (on a single line|followed by map values)/,
    { problem: 'a line is neither `key: value` nor `- item`', fix: 'Add the colon, or indent the line.' },
  ],
  [
    /Plain value cannot start with/,
    {
      problem: 'a value begins with a character that means something to YAML',
      fix: 'Put the value in quotes.',
    },
  ],
  [
    /Invalid escape sequence/,
    { problem: 'a backslash in double quotes is followed by what is no escape', fix: 'Use single quotes.' },
  ],
];

/** A syntax error in the user's terms, at the place where it began. */
export function syntaxProblem(file: SourceText, lines: LineIndex, error: YAMLError): Diagnostic {
  const [start, end] = error.pos;
  const span = lines.span(file.path, start, Math.max(end, start + 1));
  if (error.code === 'TAB_AS_INDENT') return reportLoad('CH106', {}, { span });
  const open = unclosed(file.text);
  if (open !== undefined && (error.code === 'MISSING_CHAR' || error.code === 'BAD_INDENT')) {
    const fix = `Add the closing ${closers[open.char] ?? ''}.`;
    const place = lines.span(file.path, open.offset, open.offset + 1);
    return reportLoad('CH105', { problem: `this ${open.char} is never closed`, fix }, { span: place });
  }
  const known = words.find(([pattern]) => pattern.test(error.message));
  const message = error.message.split('\n', 1)[0] ?? '';
  const problem = message.charAt(0).toLowerCase() + message.slice(1);
  return reportLoad('CH105', known === undefined ? { problem } : known[1], { span });
}

/** `key: {{ ... }}`: to YAML a mapping whose key is a mapping. */
export function unquotedJinja(file: SourceText, lines: LineIndex, start: number): Diagnostic {
  const end = file.text.indexOf('}}', start);
  const span = lines.span(file.path, start, end === -1 ? start + 2 : end + 2);
  const args = {
    problem: 'Jinja stands here without quotes',
    cause: 'YAML reads `{{` as two mappings',
    fix: 'Put the whole value in quotes: "{{ ... }}".',
  };
  return reportLoad('CH105', args, { span });
}

/** `*name` without a `&name` above. */
export function unknownAlias(file: SourceText, lines: LineIndex, start: number, end: number): Diagnostic {
  const alias = file.text.slice(start, end);
  const args = {
    problem: `${alias} names no anchor above`,
    fix: `Write \`&${alias.slice(1)}\` before the value it stands for, or put the text in quotes.`,
  };
  return reportLoad('CH105', args, { span: lines.span(file.path, start, end) });
}

const closers: Readonly<Record<string, string>> = { '"': '"', "'": "'", '[': ']', '{': '}' };

/** The first quote or bracket without an end. */
function unclosed(text: string): { readonly char: string; readonly offset: number } | undefined {
  let found: { char: string; offset: number } | undefined;
  const note = (char: string, offset: number): void => {
    if (found === undefined || offset < found.offset) found = { char, offset };
  };
  for (const token of new Parser().parse(text)) {
    if (token.type !== 'document') continue;
    CST.visit(token, ({ key, value }) => {
      for (const part of [key, value]) {
        if (part?.type === 'flow-collection') {
          const last = part.end.find(({ type }) => type === 'flow-map-end' || type === 'flow-seq-end');
          if (last === undefined) note(part.start.source, part.start.offset);
        } else if (part?.type === 'double-quoted-scalar' || part?.type === 'single-quoted-scalar') {
          const quote = part.source.charAt(0);
          if (part.source.length < 2 || !part.source.endsWith(quote)) note(quote, part.offset);
        }
      }
    });
  }
  return found;
}
