/** What the command line needs of a process; tests hand in their own. */
export interface Host {
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly env: Record<string, string | undefined>;
  readonly stdin: { readonly isTTY?: boolean };
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
}

const ci = /^(?!$|0$|false$)/i;

/** True in continuous integration, as its many brands announce it. */
export function inCi(env: Host['env']): boolean {
  return ci.test(env.CI ?? '') || env.BUILD_NUMBER !== undefined || env.TF_BUILD !== undefined;
}

/** Cursor movement works on stderr and somebody watches. */
export function isLive({ env, stderr }: Host): boolean {
  return stderr.isTTY === true && env.TERM !== 'dumb' && !inCi(env);
}

/** NO_COLOR and FORCE_COLOR as their conventions have it; otherwise terminals only. */
export function wantsColor({ env, stderr }: Host, noColor: boolean): boolean {
  if (noColor || (env.NO_COLOR ?? '') !== '') return false;
  if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false';
  return stderr.isTTY === true && env.TERM !== 'dumb';
}

/** Columns of the terminal; 80 where it does not say. */
export function widthOf({ stderr }: Host): number {
  return stderr.columns !== undefined && stderr.columns > 0 ? stderr.columns : 80;
}
