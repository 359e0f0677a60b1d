import { type OccasionInput, setOccasion } from '../../../functions/care/occasions/set-occasion.ts';
import { tellOccasions } from '../../../functions/care/occasions/tell-occasions.ts';
import { verify } from '../../../functions/desk/verify/verify.ts';
import { instantOfLocal } from '../../../functions/ground/platform/business-time.ts';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { assert } from '../../../functions/ground/platform/errors.ts';
import { answerQuestion } from '../../../functions/people/joining/answer-question.ts';
import { composeMail } from '../../../functions/people/mail/compose-mail.ts';
import { moneyBack, openShop } from '../../support/shop.ts';
import { rowsOf } from '../contacts/house.ts';

export const plainly: OccasionInput = {
  ...{ kind: 'birthday', isOn: true, audience: 'everybody', giftForm: 'none' },
  ...{ amount: '', minimum: '', months: null },
};

/** A shop in London whose customers have joined; `goTo` moves the clock to a local time and has the job run twice at once. */
export async function openOccasions() {
  const shop = await openShop(moneyBack);
  const { ctx, clock } = shop;
  const join = async (name: string, birthday: string | null = null) => {
    const order = await shop.order({ email: `${name}@example.com`, totals: [1000] });
    await ctx.db.write([
      { sql: 'UPDATE customers SET claimed_at = ? WHERE id = ?', args: [clock.now(), order.customerId] },
    ]);
    if (birthday !== null) await tellBirthday(order.customerId, birthday);
    return order;
  };
  const tellBirthday = (customerId: string, answer: string) =>
    answerQuestion(shop.as(customerId), { question: 'birthday', answer });
  const goTo = async (local: string) => {
    clock.advance(instantOfLocal(`${local}:00.000`, 'Europe/London') - clock.now());
    const [told = 0, again = 0] = await Promise.all([tellOccasions(ctx), tellOccasions(ctx)]);
    return told + again;
  };
  /** Whom the mails of wishes go to, on which day they were written, about what and with what. */
  const wishes = () =>
    rowsOf(
      ctx,
      `SELECT c.email, date(o.created_at / 1000, 'unixepoch'), o.params ->> '$.occasion', o.params ->> '$.gift.minor'
       FROM outbox AS o JOIN customers AS c ON c.id = o.customer_id WHERE o.template = 'occasion_wish'
       ORDER BY o.created_at, c.email`,
    );
  const set = (input: Partial<OccasionInput> = {}) => setOccasion(ctx, { ...plainly, ...input });
  const differences = async () => (await verify(ctx)).found;
  return { shop, ctx, clock, join, tellBirthday, goTo, wishes, set, differences };
}

/** The newest wish, as its mail says it. */
export async function mailOf(ctx: Context) {
  const [[params, customerId] = []] = await rowsOf(
    ctx,
    "SELECT params, customer_id FROM outbox WHERE template = 'occasion_wish' ORDER BY id DESC LIMIT 1",
  );
  const mail = { template: 'occasion_wish', params: String(params), customerId: String(customerId) };
  const composed = await composeMail(ctx, { ...mail, address: null, language: null });
  assert(composed !== null, 'somebody is there to get it');
  return composed;
}
