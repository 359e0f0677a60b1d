import { Hono } from 'hono';
import type { ApiEnv } from '../../ground/http/api.ts';
import { nothing, reading } from '../../ground/http/endpoint.ts';
import { listAnswer } from '../../ground/platform/answer.ts';
import { dayOf } from '../../ground/platform/business-time.ts';
import { toMoneyJson } from '../../ground/platform/money.ts';
import { wrongField } from '../../ground/platform/parse-input.ts';
import { getBusiness } from '../../money/business/business.ts';
import { getLevels } from './get-levels.ts';
import { listKeyAccounts } from './list-key-accounts.ts';
import { listRelated, readRelated } from './list-related.ts';
import {
  keyAccountsAnswer,
  levelsAnswer,
  levelsQuery,
  movementsAnswer,
  relatedAnswer,
  relatedQuery,
} from './schema.ts';

const described = { tag: 'Customers', scope: 'customers:read', params: nothing } as const;

const moneyOrNull = (minor: bigint, currency: string | null) =>
  currency === null ? null : toMoneyJson(minor, currency);

/** `/levels` and `/key-accounts` of the API. */
export const levelRoutes = new Hono<ApiEnv>()
  .get(
    '/levels',
    reading({
      ...described,
      summary: 'How many accounts have come how far, and who moved in a month',
      query: levelsQuery,
      answer: levelsAnswer,
      success: { 200: 'A minute old.' },
      refusals: ['validation_failed'],
      run: async (ctx, { query }) => {
        const { month, until, counts, shape, ideal, before, moves, groups, behind } = await getLevels(
          ctx,
          query,
        );
        return { ...{ month, until, counts, shape, ideal, before, groups, behind }, moves: [...moves] };
      },
    }),
  )
  .get(
    '/levels/movements',
    reading({
      ...described,
      summary: 'How many accounts moved between levels, and the levels at the end of each month',
      query: levelsQuery,
      answer: movementsAnswer,
      success: { 200: 'A minute old. Who they are is told by `/levels/accounts?move=`.' },
      refusals: ['validation_failed'],
      run: async (ctx, { query }) => {
        const { month, until, before, counts, moves, months } = await getLevels(ctx, query);
        return { ...{ month, until, before, counts }, moves: [...moves], months };
      },
    }),
  )
  .get(
    '/levels/accounts',
    reading({
      ...described,
      summary: 'The accounts of a level or a group, or those that moved in a month',
      query: relatedQuery,
      answer: listAnswer(relatedAnswer),
      success: { 200: 'Those that came last first; premium ones by what they spent.' },
      refusals: ['validation_failed'],
      run: async (ctx, { query }) => {
        const { timeZone } = await getBusiness(ctx);
        const asked = readRelated(query, dayOf(ctx.now(), timeZone));
        if (asked === null) throw wrongField('level', 'required', 'is required, or group, or move');
        const { items, nextCursor, currency } = await listRelated(ctx, asked, query.cursor);
        return {
          nextCursor,
          items: items.map(({ id, kind, name, customerId, since, cause, lastOn, yearSpendMinor }) => ({
            ...{ accountId: id, kind, name, customerId, since, cause, lastOn },
            yearSpend: moneyOrNull(yearSpendMinor, currency),
          })),
        };
      },
    }),
  )
  .get(
    '/key-accounts',
    reading({
      ...described,
      summary: 'The accounts that spent most in the last 365 days, and those that staff keep beside them',
      query: nothing,
      answer: keyAccountsAnswer,
      success: { 200: 'Those by spend first, then the pinned ones, the newest pin first.' },
      refusals: [],
      run: async (ctx) => {
        const { first, pinned, since, until, spenders, currency } = await listKeyAccounts(ctx);
        return {
          ...{ since, until, spenders },
          items: [...first, ...pinned].map((account) => ({
            ...{ accountId: account.id, kind: account.kind, name: account.name },
            ...{ customerId: account.customerId, place: account.place, lastOn: account.lastOn },
            isPinned: account.pin !== null,
            yearSpend: moneyOrNull(account.yearSpendMinor, currency),
            spend: moneyOrNull(account.spendMinor, currency),
            margin: account.margin === null ? null : moneyOrNull(account.margin.minor, currency),
            referred: account.referredMinor === null ? null : moneyOrNull(account.referredMinor, currency),
          })),
        };
      },
    }),
  );
