/** What the process tells its caller; the whole list, from the design of the command line. */
export const exitCodes = {
  done: 0,
  failed: 1,
  usage: 2,
  engine: 3,
  nothing: 4,
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

export const exitMeanings: Readonly<Record<ExitCode, string>> = {
  0: 'done',
  1: 'a gate, test or model failed',
  2: 'usage, configuration or project error',
  3: 'the engine or the machine failed',
  4: 'nothing was selected',
  130: 'interrupted',
};
