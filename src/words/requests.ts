import type { OrderRequest } from '../../functions/care/order-requests/request.ts';
import type { Messages } from '../locale.ts';
import type { Tone } from './status.ts';

/** What was asked for. */
export function requestTitle({ kind, order }: Pick<OrderRequest, 'kind' | 'order'>, t: Messages): string {
  if (kind === 'cancel') return t.requests_kind_cancel({ number: order?.number ?? '' });
  return kind === 'form' ? t.requests_kind_form() : t.requests_kind_again();
}

/** Where it stands. */
export function requestState(
  { kind, state, answer }: Pick<OrderRequest, 'kind' | 'state' | 'answer'>,
  t: Messages,
): { text: string; tone: Tone } {
  if (state === 'placed') return { text: t.requests_state_placed(), tone: 'waiting' };
  if (state === 'declined') return { text: t.requests_state_declined(), tone: 'bad' };
  if (state === 'withdrawn') return { text: t.requests_state_withdrawn(), tone: 'back' };
  if (kind === 'cancel') return { text: t.requests_state_cancelled(), tone: 'good' };
  return {
    text: answer?.order ? t.requests_state_ordered() : t.requests_state_answered(),
    tone: 'good',
  };
}

/** When it was decided, in words; null while it waits. */
export function decidedWords(
  { state, answer }: Pick<OrderRequest, 'state' | 'answer'>,
  t: Messages,
  moment: (at: number) => string,
): string | null {
  if (answer === null || state === 'placed') return null;
  return t[`requests_${state}_on`]({ date: moment(answer.at) });
}

export const requestHref = ({ reference }: Pick<OrderRequest, 'reference'>) =>
  `/account/requests/${reference}`;
export const consoleRequestHref = ({ reference }: Pick<OrderRequest, 'reference'>) =>
  `/console/requests/${reference}`;
