const edge = 1e-12;

function logit(p: number): number {
  const inside = Math.min(1 - edge, Math.max(edge, p));
  return Math.log(inside / (1 - inside));
}

/** sigmoid(a x logit(p) + b) */
export function plattProbability(p: number, a: number, b: number): number {
  return 1 / (1 + Math.exp(-(a * logit(p) + b)));
}

/**
 * Platt's sigmoid on the log-odds: logistic regression of the label on logit(p), by damped Newton steps, with his
 * smoothed targets (Platt 1999; Lin, Lin and Weng 2007).
 */
export function fitPlatt(
  probabilities: Float64Array,
  labels: Float64Array,
  weights?: Float64Array,
): { readonly a: number; readonly b: number } {
  let positives = 0;
  let total = 0;
  labels.forEach((y, row) => {
    positives += (weights?.[row] ?? 1) * y;
    total += weights?.[row] ?? 1;
  });
  const high = (positives + 1) / (positives + 2);
  const low = 1 / (total - positives + 2);
  const x = probabilities.map(logit);
  const loss = (a: number, b: number): number => {
    let sum = 0;
    for (let row = 0; row < x.length; row++) {
      const z = a * x[row]! + b;
      const target = labels[row] === 1 ? high : low;
      const softplus = z > 0 ? z + Math.log1p(Math.exp(-z)) : Math.log1p(Math.exp(z));
      sum += (weights?.[row] ?? 1) * (softplus - target * z);
    }
    return sum;
  };
  let a = 1;
  let b = 0;
  let current = loss(a, b);
  for (let step = 0; step < 100; step++) {
    let ga = 0;
    let gb = 0;
    let haa = 1e-12;
    let hab = 0;
    let hbb = 1e-12;
    for (let row = 0; row < x.length; row++) {
      const w = weights?.[row] ?? 1;
      const p = 1 / (1 + Math.exp(-(a * x[row]! + b)));
      const error = (p - (labels[row] === 1 ? high : low)) * w;
      const curvature = p * (1 - p) * w;
      ga += error * x[row]!;
      gb += error;
      haa += curvature * x[row]! * x[row]!;
      hab += curvature * x[row]!;
      hbb += curvature;
    }
    if (Math.abs(ga) < 1e-9 * total && Math.abs(gb) < 1e-9 * total) break;
    const determinant = haa * hbb - hab * hab || 1e-12;
    const da = -(hbb * ga - hab * gb) / determinant;
    const db = -(haa * gb - hab * ga) / determinant;
    let length = 1;
    while (length > 1e-10 && loss(a + length * da, b + length * db) > current) length /= 2;
    if (length <= 1e-10) break;
    a += length * da;
    b += length * db;
    current = loss(a, b);
  }
  return { a, b };
}
