import { addressGroup } from '../../functions/ground/http/client-address.ts';
import { writerCookie } from '../../functions/ground/http/cookies.ts';
import { newToken } from '../../functions/ground/platform/ids.ts';
import { addMessage, settleOwn } from '../../functions/voice/feedback/add-message.ts';
import type { SentFile } from '../../functions/voice/feedback/file-limits.ts';
import { mayNotUpload } from '../../functions/voice/feedback/may-upload.ts';
import type { OwnReference } from '../../functions/voice/feedback/own-feedback.ts';
import { proofOf } from '../../functions/voice/feedback/proof.ts';
import { tellAnonymously, type tellFeedback } from '../../functions/voice/feedback/tell-feedback.ts';
import type { Asking } from './sign-in.ts';

/** Tells something unnamed; its address is known by `reference` and `proof`. */
export async function tellUnnamed(
  { ctx, asker }: Asking,
  given: Parameters<typeof tellFeedback>[1],
  files: SentFile[],
) {
  const writer = asker.writerToken;
  const { id, reference } = await tellAnonymously(ctx, given, { client: clientOf(asker), writer, files });
  return { reference, proof: proofOf(ctx, id) };
}

/** Gives the browser of somebody unnamed what it is known by, unless it has that. */
export function nameWriter({ ctx, asker }: Asking): { cookies: string[] } {
  return { cookies: asker.writerToken === null ? [writerCookie(ctx.config, newToken())] : [] };
}

/** When files of somebody unnamed are taken again; null while they are. */
export function mayNotSend({ ctx, asker }: Asking) {
  return mayNotUpload(ctx, clientOf(asker));
}

export function addToThread(
  { ctx, asker }: Asking,
  asked: OwnReference & { text: string; key: string },
  files: SentFile[],
) {
  return addMessage(ctx, { ...asked, client: clientOf(asker) }, files);
}

export function settleThread({ ctx, asker }: Asking, asked: OwnReference & { isSettled: boolean }) {
  return settleOwn(ctx, { ...asked, client: clientOf(asker) });
}

const clientOf = ({ clientAddress }: Asking['asker']) => addressGroup(clientAddress);
