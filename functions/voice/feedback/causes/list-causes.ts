import { z } from 'zod';
import { allow } from '../../../ground/platform/allow.ts';
import { dayOf } from '../../../ground/platform/business-time.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { getBusiness } from '../../../money/business/business.ts';
import { type ListedCauseRow, listCauseRows, listDue, listNames, listProcessNames } from './queries.ts';

export interface CauseView
  extends Omit<
    ListedCauseRow,
    'changeText' | 'eventSeq' | 'closedBefore' | 'ownerId' | 'stepsDone' | 'stepsOpen'
  > {
  /** What was changed, or why nothing is, by language. */
  text: Record<string, string>;
  /** Whether it was called mended, or declined, and opened again since. */
  isAgain: boolean;
  /** Whether the day it was to be done by is over. */
  isOverdue: boolean;
  steps: { done: number; open: number };
}

const keptText = z.record(z.string(), z.string());

/** The words a cause was closed with, by language. */
export const readCauseText = (text: string): Record<string, string> => keptText.parse(JSON.parse(text));

/** Every cause: the open ones first, by the day they are due. @throws {AppError} `forbidden` */
export async function listCauses(ctx: Context): Promise<CauseView[]> {
  allow(ctx.actor, 'feedback:read');
  const [rows, { timeZone }] = await Promise.all([listCauseRows(ctx.db), getBusiness(ctx)]);
  const today = dayOf(ctx.now(), timeZone);
  return rows.map((row) => toView(row, today));
}

export function toView(row: ListedCauseRow, today: string): CauseView {
  const { changeText, eventSeq: _seq, closedBefore, ownerId: _id, stepsDone, stepsOpen, ...cause } = row;
  return {
    ...cause,
    text: changeText === null ? {} : readCauseText(changeText),
    isAgain: cause.closedAt === null && closedBefore !== null,
    isOverdue: cause.closedAt === null && cause.dueOn !== null && cause.dueOn < today,
    steps: { done: stepsDone, open: stepsOpen },
  };
}

/** The causes by name, the open ones first, to choose from. @throws {AppError} `forbidden` */
export async function listCauseNames(ctx: Context): Promise<{ id: string; name: string }[]> {
  allow(ctx.actor, 'feedback:read');
  return listNames(ctx.db);
}

/** What causes were said to lie in so far. @throws {AppError} `forbidden` */
export async function listProcesses(ctx: Context): Promise<string[]> {
  allow(ctx.actor, 'feedback:read');
  return (await listProcessNames(ctx.db)).map(({ process }) => process);
}

/** How many open causes were to be done by today or before. */
export async function countDueCauses(ctx: Context): Promise<number> {
  allow(ctx.actor, 'feedback:read');
  const { timeZone } = await getBusiness(ctx);
  return (await listDue(ctx.db, { today: dayOf(ctx.now(), timeZone), untold: 0 })).length;
}
