import { reporter } from '../message.ts';

/** Messages of the emit phase. */
export const emitMessages = {};

export const reportEmit = reporter(emitMessages);
