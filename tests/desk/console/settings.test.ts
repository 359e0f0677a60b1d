import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { listActs } from '../../../functions/desk/console/list-acts.ts';
import { listSettings } from '../../../functions/desk/console/settings/list-settings.ts';
import type { Context, Role } from '../../../functions/ground/platform/context.ts';
import { roles } from '../../../functions/ground/platform/context.ts';
import { setPolicies, setPolicy, showPolicies } from '../../../functions/money/business/policies.ts';
import { setSetting } from '../../../functions/money/business/settings.ts';
import { house } from '../../../functions/rooms.ts';
import { locales } from '../../../languages/built.ts';
import { speechIn } from '../../../src/locale.ts';
import { changedSettings, readHours } from '../../../src/settings-form.ts';
import { choicesOf, groupedSettings, ruleWords, valueWords } from '../../../src/words/settings.ts';
import { repository } from '../../support/process.ts';
import { createTestContext } from '../../support/test-context.ts';

const as = (ctx: Context, role: Role): Context => ({ ...ctx, actor: { kind: 'staff', id: 's1', role } });
const settingOf = async (ctx: Context, key: string) => {
  const found = (await listSettings(ctx)).settings.find((one) => one.key === key);
  if (found === undefined) throw new Error(`${key} is no setting`);
  return found;
};

describe('the words of settings', () => {
  test.each(locales)('every policy of every room has its own in %s', async (locale) => {
    const { t } = speechIn(locale, [locale]);
    const words = groupedSettings(t).flatMap((group) => group.words);
    const keys = house.policies.filter(({ page }) => page === undefined).map(({ key }) => key);
    expect(words.map(({ key }) => key).toSorted()).toEqual(keys.toSorted());
    for (const { key, form = { kind: 'text' as const } } of house.policies) {
      if (!keys.includes(key)) continue;
      const choices = choicesOf(t, { key, form });
      if (form.kind === 'choice') {
        expect(choices.map(([choice]) => choice)).toEqual(form.choices);
        for (const [choice, label] of choices) expect(label).not.toBe(choice);
      }
      expect([key, choices.length > 0 || ruleWords(t, { form }, 'EUR') !== null]).toEqual([key, true]);
    }
  });

  test('are left to the page of a policy that has one of its own', () => {
    const paths = house.policies.flatMap(({ page }) => page ?? []);
    expect(paths.filter((path) => !existsSync(`${repository}src/pages${path}.astro`))).toEqual([]);
    expect(paths).not.toEqual([]);
  });

  test('tell amounts, numbers and hours as people write them', async () => {
    const ctx = await createTestContext();
    await setSetting(ctx, 'currency', 'EUR');
    const { settings } = await listSettings(ctx);
    const told = (locale: 'en' | 'uk', key: string) => {
      const setting = settings.find((one) => one.key === key);
      const speech = speechIn(locale, ['en', 'uk']);
      return setting && valueWords(speech, setting, { value: setting.inForce, currency: 'EUR' });
    };
    expect([told('en', 'creditAgentAct'), told('en', 'clubSpend'), told('en', 'businessHours')]).toEqual([
      '€10.00',
      'none',
      'Mon–Fri 09:00–17:00',
    ]);
    expect([told('uk', 'registration'), told('uk', 'club')]).toEqual(['Усі охочі', 'Ні']);
  });
});

describe('listing settings', () => {
  test('tells what is in force, what the standard is, and who set it last', async () => {
    const ctx = await createTestContext();
    await setPolicy(ctx, 'replyHours', '4');
    expect(await settingOf(ctx, 'replyHours')).toMatchObject({
      inForce: '4',
      standard: '16',
      isStandard: false,
      changed: { at: ctx.now(), by: null },
    });
    expect(await settingOf(ctx, 'club')).toMatchObject({ inForce: 'off', isStandard: true, changed: null });
    await setPolicy(ctx, 'replyHours', '8');
    const { items } = await listActs(ctx, { actor: null, subject: 'replyHours', day: null, after: null });
    expect(items.map(({ detail }) => Object.fromEntries(detail))).toContainEqual({ value: '8', before: '4' });
  });

  test('names the member of the team who set it', async () => {
    const ctx = await createTestContext();
    await ctx.db.write([
      {
        sql: `INSERT INTO staff (id, email, role, created_at) VALUES ('s1', 'olena@x.example', 'manager', 0)`,
        args: [],
      },
    ]);
    await setPolicy(as(ctx, 'manager'), 'club', 'on');
    expect(await settingOf(ctx, 'club')).toMatchObject({ changed: { by: 'olena@x.example' } });
  });

  test('is for owners and managers', async () => {
    const ctx = await createTestContext();
    for (const role of roles) {
      const seen = listSettings(as(ctx, role));
      if (role === 'owner' || role === 'manager') expect((await seen).settings.length).toBeGreaterThan(10);
      else await expect(seen).rejects.toMatchObject({ code: 'forbidden' });
    }
    const nobody = listSettings({ ...ctx, actor: { kind: 'anonymous' } });
    await expect(nobody).rejects.toMatchObject({ code: 'unauthenticated' });
  });
});

describe('setting', () => {
  test('a manager does not set what bounds managers, nor anything beside it', async () => {
    const ctx = await createTestContext();
    const before = await showPolicies(ctx);
    for (const key of ['creditManagerAct', 'creditManagerDay', 'staffFactor']) {
      const value = key === 'staffFactor' ? 'optional' : '900';
      const set = setPolicies(as(ctx, 'manager'), [
        ['club', 'on'],
        [key, value],
      ]);
      await expect(set).rejects.toMatchObject({ code: 'forbidden' });
    }
    expect(await showPolicies(ctx)).toEqual(before);
    await setPolicy(as(ctx, 'owner'), 'creditManagerAct', '900');
    expect(await settingOf(as(ctx, 'manager'), 'creditManagerAct')).toMatchObject({
      inForce: '900',
      isTheirs: false,
    });
  });

  test('one wrong value of several leaves all as they were, and all that is wrong is told', async () => {
    const ctx = await createTestContext();
    const before = await showPolicies(ctx);
    const set = setPolicies(ctx, [
      ['club', 'on'],
      ['clubSpend', 'much'],
      ['clubEntry', 'perhaps'],
      ['replyHours', ''],
      ['surveyRestDays', '1.5'],
    ]);
    await expect(set).rejects.toMatchObject({
      errors: ['clubSpend', 'clubEntry', 'replyHours', 'surveyRestDays'].map((path) => ({ path })),
    });
    expect(await showPolicies(ctx)).toEqual(before);
  });
});

describe('the form of a group', () => {
  test('sends what somebody changed, and not what they left as it was', async () => {
    const ctx = await createTestContext();
    const { settings } = await listSettings(ctx);
    const form = new Map([
      ['club', 'on'],
      ['was_club', 'off'],
      ['clubSpend', '1000,50'],
      ['was_clubSpend', ''],
      ['replyHours', '16'],
      ['was_replyHours', '16'],
    ]);
    expect(changedSettings(settings, form)).toEqual([
      ['club', 'on'],
      ['clubSpend', '1000.50'],
    ]);
  });

  test('an amount that may be none is so when it is empty', async () => {
    const ctx = await createTestContext();
    await setPolicy(ctx, 'clubSpend', '1000');
    const { settings } = await listSettings(ctx);
    const form = new Map([
      ['clubSpend', ''],
      ['was_clubSpend', '1000'],
    ]);
    expect(changedSettings(settings, form)).toEqual([['clubSpend', 'off']]);
  });

  test('opening hours are read day by day', async () => {
    const ctx = await createTestContext();
    const { settings } = await listSettings(ctx);
    const form = new Map([
      ['hours_mon', 'open'],
      ['from_mon', '10:00'],
      ['to_mon', '18:00'],
      ['hours_tue', 'as_monday'],
    ]);
    const { was } = readHours('Mon-Fri 09:00-17:00', null);
    expect(changedSettings(settings, new Map([...form, ['was_businessHours', was]]))).toEqual([
      ['businessHours', 'Mon-Tue 10:00-18:00'],
    ]);
  });
});
