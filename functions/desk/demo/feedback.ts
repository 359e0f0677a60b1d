import { DAY_MS, HOUR_MS } from '../../ground/platform/calendar.ts';
import type { Context } from '../../ground/platform/context.ts';
import { setPolicy } from '../../money/business/policies.ts';
import { findOwnerByEmail } from '../../people/sign-in/find-owner.ts';
import { addMessage, settleOwn } from '../../voice/feedback/add-message.ts';
import { answerFeedback, noteOnFeedback } from '../../voice/feedback/answer-feedback.ts';
import { closeCause, openCause, setCause } from '../../voice/feedback/causes.ts';
import { giveGoodwill } from '../../voice/feedback/give-goodwill.ts';
import { tellAnonymously, tellFeedback } from '../../voice/feedback/tell-feedback.ts';
import type { DemoOrder } from './demo-order.ts';
import { people } from './people.ts';
import type { DemoHappening } from './spending.ts';

type Told = Pick<Parameters<typeof tellFeedback>[1], 'kind' | 'text'> &
  Partial<Parameters<typeof tellFeedback>[1]>;

/** What customers of the demo told, and what became of it: one of each standing, one overdue, one unnamed. */
export function toldFeedback(orders: readonly DemoOrder[], now: number): DemoHappening[] {
  const { anna, marta, viktor, daniel } = people;
  const torn = orders.find(
    ({ email, refund }) => email === anna.email && refund?.reason === 'One bag arrived torn',
  );
  const order = torn === undefined ? null : { source: torn.source, number: torn.number };
  /** To the hour, which the demo's own clock does not show: promises run by it. */
  const at = (days: number, run: DemoHappening['run']): DemoHappening => {
    const moment = now - days * DAY_MS;
    return { at: moment, run: (ctx) => run({ ...ctx, now: () => moment }) };
  };
  return [
    at(700, (ctx) => setPolicy(ctx, 'anonymousFeedback', 'on')),
    at(31, (ctx) => tornBag(ctx, { email: anna.email, order })),
    at(12, async (ctx) => {
      const idea = await tell(ctx, anna.email, {
        kind: 'idea',
        text: 'Could the subscription skip a month? We are away every August, and the beans pile up.',
      });
      await answerFeedback(ctx, {
        ...{ feedbackId: idea.id, state: 'waiting' },
        text: 'That is a good idea. Would it help if you could choose the month yourself, or would “every August” do?',
      });
    }),
    at(5, (ctx) =>
      tell(ctx, anna.email, {
        ...{ kind: 'praise', servedBy: 'Maryna', wantsReply: false },
        text: 'Maryna ground the beans twice until it was right for my moka pot. Thank you!',
      }),
    ),
    at(6, (ctx) =>
      tell(ctx, marta.email, {
        kind: 'complaint',
        text: 'The courier left our parcel in the rain again, although the studio was open. This is the second time this month, and the tea was wet.',
      }),
    ),
    at(3, async (ctx) => {
      const told = await tell(ctx, viktor.email, {
        ...{ kind: 'problem', language: 'uk' },
        text: 'Не розумію, чому після повернення машини в мене мінус. Поясніть, будь ласка.',
      });
      await answerFeedback(ctx, {
        ...{ feedbackId: told.id, state: 'answered' },
        text: 'Вітаємо! Винагороду за машину ви вже витратили, тому після її повернення ця сума стала боргом. Він закриється з наступних винагород сам, доплачувати не треба.',
      });
    }),
    at(2, (ctx) =>
      tellAnonymously(
        ctx,
        {
          ...{ kind: 'problem', language: 'en', accountId: null, key: 'demo-unnamed' },
          text: 'The music at the counter is so loud that I could not hear what I was asked.',
        },
        { client: 'demo', writer: null, files: [] },
      ),
    ),
    at(1, (ctx) =>
      tell(ctx, daniel.email, {
        kind: 'problem',
        text: 'The price tag at the shelf and the receipt differ by 40 pence for the house blend.',
      }),
    ),
  ];
}

async function tornBag(
  ctx: Context,
  { email, order }: { email: string; order: { source: string; number: string } | null },
): Promise<void> {
  const told = await tell(ctx, email, {
    ...{ kind: 'problem', order },
    text: 'One of the two bags arrived torn, and half of the coffee was in the box.',
  });
  const feedbackId = told.id;
  const later = { ...ctx, now: () => ctx.now() + 3 * HOUR_MS };
  await noteOnFeedback(later, {
    feedbackId,
    text: 'Third torn paper bag this month, all from the same batch.',
  });
  await setCause(later, { feedbackId, choice: { kind: 'named', name: 'Thin paper bags' } });
  await answerFeedback(later, {
    ...{ feedbackId, state: 'resolved' },
    text: 'We are sorry, Anna. The money for the torn bag is on its way back to you, and there is a little credit on your account for the sweeping up.',
  });
  await giveGoodwill(later, { feedbackId, amount: 200n, reason: 'Sorry for the torn bag' });
  const owner = await asCustomer({ ...ctx, now: () => ctx.now() + 20 * HOUR_MS }, email);
  const own = { reference: told.reference, proof: null };
  await addMessage(owner, { ...own, text: 'Thank you, that was quick.', key: 'demo-thanks' });
  const end = { ...ctx, now: () => ctx.now() + 22 * HOUR_MS };
  await answerFeedback(end, { feedbackId, state: 'resolved', text: 'Gladly. Enjoy the coffee!' });
  await settleOwn({ ...owner, now: () => ctx.now() + 23 * HOUR_MS }, { ...own, isSettled: true });
  const id = await openCause(end, { name: 'Thin paper bags' });
  await openCause(end, { name: 'Couriers do not ring' });
  await closeCause(end, {
    ...{ id, outcome: 'changed', isPublic: true },
    text: {
      en: 'Several of you told us of torn bags. We now pack all coffee in bags of double paper.',
      uk: 'Кілька з вас написали про порвані пакети. Тепер уся кава в пакетах із подвійного паперу.',
    },
  });
}

async function tell(ctx: Context, email: string, told: Told): Promise<{ id: string; reference: string }> {
  const who = await asCustomer(ctx, email);
  const key = `demo-${ctx.now()}`;
  return tellFeedback(who, { language: 'en', accountId: null, key, ...told });
}

async function asCustomer(ctx: Context, email: string): Promise<Context> {
  const [owner] = await findOwnerByEmail(ctx.db, { email });
  return { ...ctx, actor: { kind: 'customer', id: owner?.id ?? '' } };
}
