export function doubled(column: string, times: number): string {
  return `${column} * ${times}`;
}
