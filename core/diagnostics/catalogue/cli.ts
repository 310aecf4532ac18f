import { reporter } from '../message.ts';

/** Messages of the cli phase. */
export const cliMessages = {};

export const reportCli = reporter(cliMessages);
