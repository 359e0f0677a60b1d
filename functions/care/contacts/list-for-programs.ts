import { instantText } from '../../ground/platform/answer.ts';
import type { Context } from '../../ground/platform/context.ts';
import { mayReadPersonal } from '../../ground/platform/personal.ts';
import type { ContactAnswer, ListContactsQuery } from './api-schema.ts';
import { type ContactItem, listContacts } from './list-contacts.ts';

/** A page of contacts as the API answers it. @throws {AppError} as `listContacts` */
export async function listForPrograms(
  ctx: Context,
  query: ListContactsQuery,
): Promise<{ items: ContactAnswer[]; nextCursor: string | null }> {
  const { items, nextCursor } = await listContacts(ctx, query);
  const isNamed = mayReadPersonal(ctx.actor);
  return { items: items.map((item) => toContactAnswer(item, isNamed)), nextCursor };
}

function toContactAnswer(item: ContactItem, isNamed: boolean): ContactAnswer {
  const { id, channel, direction, customerId, accountId, order, satisfaction } = item;
  return {
    ...{ id, channel, direction, customerId, accountId, order, satisfaction },
    summary: isNamed ? item.summary : null,
    mood: isNamed ? item.mood : null,
    missed: item.isMissed,
    at: instantText(item.at),
    seconds: item.durationS,
    number: isNamed ? item.number : null,
    address: isNamed ? item.address : null,
    staffId: item.staff?.id ?? null,
    wantsAnswer: item.wantsAnswer,
    answerDueAt: item.answerDueAt === null ? null : instantText(item.answerDueAt),
    answeredAt: item.answeredAt === null ? null : instantText(item.answeredAt),
    source: item.source,
  };
}
