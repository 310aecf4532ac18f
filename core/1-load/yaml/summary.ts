import { get, itemsOf, textOf, type YamlNode } from './tree.ts';

/**
 * What cross-file checks need of a properties file: names and their places. It is kept in the cache, so that an
 * unchanged file is parsed only when its content is asked for.
 */
export interface YamlSummary {
  readonly entries: readonly SummaryEntry[];
  /** Sections other than these lists of named entries are present: the file has to be parsed to build the project. */
  readonly more: boolean;
  /** The file needs the full parser. */
  readonly full: boolean;
}

export interface SummaryEntry {
  readonly section: SummarySection;
  /** Position in the section's list. */
  readonly index: number;
  readonly name: string;
  readonly nameStart: number;
  readonly nameEnd: number;
}

export const summarySections = ['models', 'seeds', 'snapshots', 'data_tests', 'tests', 'analyses'] as const;
export type SummarySection = (typeof summarySections)[number];

export function summarize(root: YamlNode | undefined, full: boolean): YamlSummary {
  const entries: SummaryEntry[] = [];
  for (const section of summarySections) {
    for (const [index, item] of itemsOf(get(root, section)).entries()) {
      const node = get(item, 'name');
      const name = textOf(node);
      if (node !== undefined && name !== undefined) {
        entries.push({ section, index, name, nameStart: node.start, nameEnd: node.end });
      }
    }
  }
  const sections = root?.kind === 'map' ? root.entries.map(({ key }) => key) : [];
  const known: readonly string[] = [...summarySections, 'version', 'anchors'];
  const hasRelations = itemsOf(get(root, 'snapshots')).length > 0;
  return { entries, more: hasRelations || sections.some((key) => !known.includes(key)), full };
}
