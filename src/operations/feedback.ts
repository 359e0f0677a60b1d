import { getBusiness } from '../../functions/business/business.ts';
import { addMessage, settleOwn } from '../../functions/feedback/add-message.ts';
import { answerFeedback, noteOnFeedback } from '../../functions/feedback/answer-feedback.ts';
import { closeCause, listCauses, openCause, reopenCause, setCause } from '../../functions/feedback/causes.ts';
import type { SentFile } from '../../functions/feedback/file-limits.ts';
import { getAttachment } from '../../functions/feedback/get-attachment.ts';
import { getCase } from '../../functions/feedback/get-case.ts';
import { getThread } from '../../functions/feedback/get-thread.ts';
import { giveGoodwill } from '../../functions/feedback/give-goodwill.ts';
import { countWaiting, listCaseOwners, listInbox } from '../../functions/feedback/list-inbox.ts';
import { listOwnFeedback } from '../../functions/feedback/list-own-feedback.ts';
import { mayNotUpload } from '../../functions/feedback/may-upload.ts';
import type { OwnReference } from '../../functions/feedback/own-feedback.ts';
import { getPromise } from '../../functions/feedback/promise.ts';
import { proofOf } from '../../functions/feedback/proof.ts';
import { assignCase, moveCase } from '../../functions/feedback/staff-case.ts';
import { tellAnonymously, tellFeedback } from '../../functions/feedback/tell-feedback.ts';
import { addressGroup } from '../../functions/http/client-address.ts';
import { writerCookie } from '../../functions/http/cookies.ts';
import type { Context } from '../../functions/platform/context.ts';
import type { AppError } from '../../functions/platform/errors.ts';
import { newToken } from '../../functions/platform/ids.ts';
import { orNull } from './or-null.ts';
import { orRefusal } from './or-refusal.ts';
import type { Asker } from './sign-in.ts';

/** Why a form of this room was not taken; in the order of its fields. */
export const feedbackRefusals = [
  'kind',
  'text',
  'text_long',
  'served_by',
  'order',
  'too_many_files',
  'file_empty',
  'file_too_large',
  'file_type',
  'no_files',
  'files_away',
  'too_often',
  'form',
] as const;
export type FeedbackRefusal = (typeof feedbackRefusals)[number];

export const caseRefusals = [
  'text',
  'text_long',
  'amount',
  'reason',
  'moved',
  'gone',
  'refused',
  'oneself',
] as const;
export type CaseRefusal = (typeof caseRefusals)[number];

/** What is settled already is what its author wants; nothing of it is told. */
const settleRefusals = ['case_not_movable', 'not_found', 'too_often'] as const;

type Tell = Parameters<typeof tellFeedback>[1];

/** Feedback on behalf of whoever asks: customers and unnamed people about their own, staff about all of it. */
export function feedbackOperations(ctx: Context, asker: Pick<Asker, 'clientAddress' | 'writerToken'>) {
  const client = addressGroup(asker.clientAddress);
  const told = <Result>(work: () => Promise<Result>) => orRefusal(feedbackRefusals, work, feedbackReason);
  const done = (work: () => Promise<unknown>) =>
    orRefusal(
      caseRefusals,
      async () => {
        await work();
        return { ok: true as const };
      },
      caseReason,
    );
  return {
    getPromise: () => getPromise(ctx),
    tell: (given: Tell, files: SentFile[]) =>
      told(async () => ({ ok: true as const, ...(await tellFeedback(ctx, given, files)) })),
    tellAnonymously: (given: Tell, files: SentFile[]) =>
      told(async () => {
        const { id, reference } = await tellAnonymously(ctx, given, {
          client,
          writer: asker.writerToken,
          files,
        });
        return { ok: true as const, reference, proof: proofOf(ctx, id) };
      }),
    /** Gives the browser of somebody unnamed what it is known by, unless it has that. */
    nameWriter: () => ({
      cookies: asker.writerToken === null ? [writerCookie(ctx.config, newToken())] : [],
    }),
    mayNotUpload: () => mayNotUpload(ctx, client),
    listOwn: () => listOwnFeedback(ctx),
    getThread: (asked: OwnReference) => orNull(getThread(ctx, asked)),
    addMessage: (asked: OwnReference & { text: string; key: string }, files: SentFile[]) =>
      told(async () => {
        await addMessage(ctx, { ...asked, client }, files);
        return { ok: true as const };
      }),
    settle: (asked: OwnReference & { isSettled: boolean }) =>
      orRefusal(
        settleRefusals,
        async () => {
          await settleOwn(ctx, { ...asked, client });
          return { ok: true as const };
        },
        ({ code }) => (code === 'too_many_requests' ? 'too_often' : code),
      ),
    getAttachment: (asked: { id: string; proof: string | null }) => orNull(getAttachment(ctx, asked)),

    listInbox: (asked: Parameters<typeof listInbox>[1]) => listInbox(ctx, asked),
    countWaiting: () => countWaiting(ctx),
    listOwners: () => listCaseOwners(ctx),
    getCase: (asked: { reference: string }) => orNull(getCase(ctx, asked)),
    assign: (asked: Parameters<typeof assignCase>[1]) => done(() => assignCase(ctx, asked)),
    answer: (asked: Parameters<typeof answerFeedback>[1]) => done(() => answerFeedback(ctx, asked)),
    note: (asked: Parameters<typeof noteOnFeedback>[1]) => done(() => noteOnFeedback(ctx, asked)),
    move: (asked: Parameters<typeof moveCase>[1]) => done(() => moveCase(ctx, asked)),
    setCause: (asked: Parameters<typeof setCause>[1]) => done(() => setCause(ctx, asked)),
    giveGoodwill: (asked: Parameters<typeof giveGoodwill>[1]) =>
      orRefusal(
        caseRefusals,
        async () => ({ ok: true as const, credit: await giveGoodwill(ctx, asked) }),
        caseReason,
      ),
    getCurrency: async () => (await getBusiness(ctx)).currency,
    listCauses: () => listCauses(ctx),
    openCause: (asked: { name: string }) => done(() => openCause(ctx, asked)),
    closeCause: (asked: Parameters<typeof closeCause>[1]) => done(() => closeCause(ctx, asked)),
    reopenCause: (asked: { id: string }) => done(() => reopenCause(ctx, asked)),
  };
}

const byPath: Record<string, FeedbackRefusal> = {
  kind: 'kind',
  text: 'text',
  '': 'text',
  servedBy: 'served_by',
  order: 'order',
  line: 'order',
};

function feedbackReason({ code, errors }: AppError): string {
  if (code === 'too_many_requests') return 'too_often';
  if (code === 'not_found') return 'order';
  const [first] = errors;
  if (first === undefined) return code;
  if (first.path === 'files') return first.code;
  if (first.code === 'too_big' && byPath[first.path] === 'text') return 'text_long';
  return byPath[first.path.split('.')[0] ?? ''] ?? 'form';
}

function caseReason({ code, errors }: AppError): string {
  if (code === 'not_found') return 'gone';
  if (code === 'case_not_movable') return 'moved';
  if (code === 'credit_to_oneself') return 'oneself';
  const [first] = errors;
  if (code !== 'validation_failed' || first === undefined) return code === 'forbidden' ? 'refused' : code;
  if (first.code === 'too_big') return 'text_long';
  if (first.path === 'amount' || first.path === 'reason') return first.path;
  return 'text';
}
