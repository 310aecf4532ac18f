import { reporter } from '../message.ts';

/** Messages of the audit phase. */
export const auditMessages = {};

export const reportAudit = reporter(auditMessages);
