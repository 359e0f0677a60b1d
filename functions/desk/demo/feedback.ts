import { DAY_MS, HOUR_MS } from '../../ground/platform/calendar.ts';
import type { Context } from '../../ground/platform/context.ts';
import { setPolicy } from '../../money/business/policies.ts';
import { findOwnerByEmail } from '../../people/sign-in/find-owner.ts';
import { addMessage, settleOwn } from '../../voice/feedback/add-message.ts';
import { answerFeedback, noteOnFeedback } from '../../voice/feedback/answer-feedback.ts';
import { addStep, moveStep } from '../../voice/feedback/causes/cause-steps.ts';
import { closeCause } from '../../voice/feedback/causes/close-cause.ts';
import { openCause } from '../../voice/feedback/causes/open-cause.ts';
import { planCause } from '../../voice/feedback/causes/plan-cause.ts';
import { setCause } from '../../voice/feedback/causes/set-cause.ts';
import { giveGoodwill } from '../../voice/feedback/give-goodwill.ts';
import { logFeedback } from '../../voice/feedback/record-feedback.ts';
import { tellAnonymously, tellFeedback } from '../../voice/feedback/tell-feedback.ts';
import type { DemoOrder } from './demo-order.ts';
import { people } from './people.ts';
import type { DemoHappening } from './spending.ts';
import { asColleague } from './team.ts';

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
    at(6, async (ctx) => {
      const told = await tell(ctx, marta.email, {
        kind: 'complaint',
        text: 'The courier left our parcel in the rain again, although the studio was open. This is the second time this month, and the tea was wet.',
      });
      await courierAgain(ctx, told.id);
    }),
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
    at(4, (ctx) => saidElsewhere(ctx, { at: now - 4 * DAY_MS })),
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

/** A cause that was called mended comes back; who sees to it plans what is to be done. */
async function courierAgain(ctx: Context, feedbackId: string): Promise<void> {
  const own = await asColleague(ctx, 'maryna');
  const id = await openCause(own, { name: 'Couriers do not ring' });
  const earlier = { ...own, now: () => ctx.now() - 14 * DAY_MS };
  await planCause(earlier, {
    ...{ id, process: 'Delivery', convenientFor: 'us' },
    ...{ owner: own.actor.id, dueOn: null },
  });
  const { id: asked } = await addStep(earlier, {
    causeId: id,
    what: 'Ask the courier to ring before leaving a parcel',
  });
  await moveStep(earlier, { causeId: id, step: asked, state: 'done' });
  await closeCause(earlier, {
    ...{ id, outcome: 'changed', isPublic: false },
    text: {
      en: 'The courier has told all drivers to ring and wait.',
      uk: 'Кур’єрська служба нагадала всім водіям, що треба дзвонити й чекати.',
    },
  });
  await setCause(own, { feedbackId, choice: { kind: 'known', id } });
  const dueOn = new Date(ctx.now() + 20 * DAY_MS).toISOString().slice(0, 10);
  await planCause(own, {
    ...{ id, process: 'Delivery', convenientFor: 'us' },
    ...{ owner: own.actor.id, dueOn },
  });
  await addStep(own, { causeId: id, what: 'Try the other courier with ten parcels' });
  await addStep(own, { causeId: id, what: 'Offer a time to customers, not to the courier' });
}

/** A poor review that was answered where it stands, and a kind post. */
async function saidElsewhere(ctx: Context, { at }: { at: number }): Promise<void> {
  const own = await asColleague(ctx, 'petro');
  const day = (days: number) => new Date(at - days * DAY_MS).toISOString().slice(0, 10);
  const { receipt } = await logFeedback(own, {
    ...{ kind: 'complaint', product: 'House blend' },
    text: 'Good coffee, but the courier left the parcel at the gate and did not ring. Second time.',
    mention: {
      url: 'https://www.google.com/maps/reviews/fern-and-kettle-1',
      ...{ author: 'Jo B.', rating: 2, saidOn: day(1) },
    },
  });
  await setCause(own, { feedbackId: receipt.id, choice: { kind: 'named', name: 'Couriers do not ring' } });
  await answerFeedback(own, {
    ...{ feedbackId: receipt.id, state: 'resolved' },
    text: 'We are sorry, Jo. We have asked the courier to ring, and are looking for another one if that does not help.',
    there: { url: 'https://www.google.com/maps/reviews/fern-and-kettle-1#owner' },
  });
  await logFeedback(own, {
    ...{ kind: 'praise', servedBy: 'Maryna', wantsReply: false },
    text: 'Maryna at Fern & Kettle let me smell five teas before I chose. That is a shop.',
    mention: { url: 'https://www.instagram.com/p/fern-and-kettle/', author: '@lowtide', saidOn: day(0) },
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
