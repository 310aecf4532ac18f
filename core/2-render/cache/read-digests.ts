import { canonicalJson } from '../compile/hash.ts';
import type { Rendering } from '../rendering.ts';

/**
 * What the outside things that templates read give now, as text to compare. A read is `kind:name`; the kinds are
 * those of NodeContext.reads.
 */
export class ReadDigests {
  readonly #known = new Map<string, string>();
  readonly #asking = new Set<string>();
  #volatile = 0;

  constructor(
    readonly rendering: Rendering,
    /** Compiled SQL of an ephemeral model; undefined when it cannot be rendered. */
    readonly ephemeralSql: (name: string) => string | undefined,
  ) {}

  digestOf = (read: string): string => {
    const known = this.#known.get(read);
    if (known !== undefined) return known;
    // Only ephemeral models that read each other come back here; they never hold.
    if (this.#asking.has(read)) return this.#never();
    this.#asking.add(read);
    const at = read.indexOf(':');
    const digest = this.#digest(read.slice(0, at), read.slice(at + 1));
    this.#asking.delete(read);
    this.#known.set(read, digest);
    return digest;
  };

  #digest(kind: string, name: string): string {
    const { rendering } = this;
    switch (kind) {
      case 'var':
        return canonicalJson(rendering.variable(name));
      case 'env':
        return rendering.environment(name) ?? '\0unset';
      case 'macro':
        return rendering.macros.get(name)?.hash ?? '-';
      case 'doc':
        return rendering.project.docs.get(name)?.text ?? '-';
      case 'ref':
        return this.#ref(name);
      case 'source': {
        const source = rendering.sourceByName(name);
        if (!source?.enabled) return '-';
        return canonicalJson([
          source.uniqueId,
          rendering.sourceRelation(source),
          source.location !== undefined,
        ]);
      }
      default:
        return this.#never();
    }
  }

  #ref(name: string): string {
    const node = this.rendering.nodeByName(name);
    if (!node) return '-';
    const { config, relationValue } = this.rendering.resolve(node);
    if (!config.enabled) return '-';
    const base = `${node.uniqueId} ${relationValue.type} ${relationValue.text}`;
    if (config.materialized !== 'ephemeral') return base;
    const sql = this.ephemeralSql(name);
    return sql === undefined ? this.#never() : `${base} ${sql}`;
  }

  /** Never the same twice: what reads it is rendered every time. */
  #never(): string {
    return `\0${this.#volatile++}\0${process.hrtime.bigint()}`;
  }
}
