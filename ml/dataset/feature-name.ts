/** A feature's name as the model text holds it: blanks become underscores, as in LightGBM. */
export function modelName(name: string): string {
  return name.replace(/\s/g, '_');
}
