import { reporter } from '../message.ts';

/** Messages of the run phase. */
export const runMessages = {};

export const reportRun = reporter(runMessages);
