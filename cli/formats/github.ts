import type { Check } from './check.ts';

/** Workflow commands that annotate the files of a pull request. */
export function githubFormat(checks: readonly Check[]): string {
  return checks
    .filter(({ outcome }) => outcome === 'failed' || outcome === 'warned')
    .map((check) => {
      const level = check.outcome === 'failed' ? 'error' : 'warning';
      const place = check.at
        ? [`file=${property(check.at.file)}`, `line=${check.at.line}`, `col=${check.at.column}`]
        : [];
      const properties = [...place, `title=${property(`${check.suite} ${check.name}`)}`].join(',');
      return `::${level} ${properties}::${message(check.message || check.outcome)}\n`;
    })
    .join('');
}

function message(text: string): string {
  return text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

function property(text: string): string {
  return message(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
}
