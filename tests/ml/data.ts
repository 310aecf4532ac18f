import type { Dataset, FeatureColumn } from '../../ml/index.ts';
import { randomSequence } from '../../ml/random.ts';

/** A seeded table with noise, missing values, skew, integers and a category, and a label that depends on them. */
export function syntheticData(rows: number, seed = 1): Dataset & { readonly label: Float64Array } {
  const random = randomSequence(seed);
  const normal = (): number => Math.sqrt(-2 * Math.log(random() + 1e-300)) * Math.cos(2 * Math.PI * random());
  const column = (next: () => number): Float64Array => Float64Array.from({ length: rows }, next);
  const a = column(normal);
  const b = column(normal);
  const gap = column(() => (random() < 0.25 ? Number.NaN : normal()));
  const count = column(() => Math.floor(random() * random() * 12));
  const skew = column(() => Math.exp(normal()));
  const dictionary = ['free', 'basic', 'pro', 'team', 'enterprise', 'legacy'];
  const codes = Int32Array.from({ length: rows }, () => Math.floor(random() * 7) - 1);
  const label = Float64Array.from({ length: rows }, (_, i) => {
    const g = Number.isNaN(gap[i]!) ? 0.7 : 0.5 * gap[i]!;
    const score =
      -0.8 + a[i]! + g + 0.15 * count[i]! + (codes[i] === 2 || codes[i] === 5 ? 1 : 0) + 0.4 * a[i]! * b[i]!;
    return random() < 1 / (1 + Math.exp(-score)) ? 1 : 0;
  });
  const features: FeatureColumn[] = [
    { kind: 'numeric', name: 'a', values: a },
    { kind: 'numeric', name: 'b', values: b },
    { kind: 'numeric', name: 'gap', values: gap },
    { kind: 'numeric', name: 'count', values: count },
    { kind: 'numeric', name: 'skew', values: skew },
    { kind: 'categorical', name: 'plan', codes, dictionary },
  ];
  return { rows, features, label };
}

/** A one-column data set. */
export function numericData(
  columns: Readonly<Record<string, ArrayLike<number>>>,
  label?: ArrayLike<number>,
): Dataset {
  const features = Object.entries(columns).map(
    ([name, values]): FeatureColumn => ({ kind: 'numeric', name, values: Float64Array.from(values) }),
  );
  const rows = Object.values(columns)[0]?.length ?? 0;
  return { rows, features, label: label === undefined ? undefined : Float64Array.from(label) };
}
