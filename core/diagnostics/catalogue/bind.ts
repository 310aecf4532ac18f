import { reporter } from '../message.ts';

/** Messages of the bind phase. */
export const bindMessages = {};

export const reportBind = reporter(bindMessages);
