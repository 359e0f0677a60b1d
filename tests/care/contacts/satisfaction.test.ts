import { expect, test } from 'vitest';
import { getContact } from '../../../functions/care/contacts/get-contact.ts';
import { listContacts } from '../../../functions/care/contacts/list-contacts.ts';
import { getContactNumbers } from '../../../functions/care/contacts/numbers/get-contact-numbers.ts';
import { finishTask } from '../../../functions/care/contacts/tasks/act-on-task.ts';
import { signUp } from '../../../functions/desk/demo/sign-up.ts';
import { signatureOf } from '../../../functions/ground/platform/ids.ts';
import { setPolicy } from '../../../functions/money/business/policies.ts';
import { answerSurvey } from '../../../functions/voice/surveys/answer-survey.ts';
import { openSurvey } from '../../../functions/voice/surveys/open-survey.ts';
import { createSurvey } from '../../../functions/voice/surveys/save-survey.ts';
import { invitationText } from '../../../functions/voice/surveys/token.ts';
import { workSurveys } from '../../../functions/voice/surveys/work-surveys.ts';
import { DAY_MS } from '../../support/shop.ts';
import { testSecret } from '../../support/test-context.ts';
import { log, openContactHouse, rowsOf } from './house.ts';

/** Ann signed up; the one question after a contact, a day later, is switched on. */
async function openAsking({ rest }: { rest: string }) {
  const house = await openContactHouse();
  const { ctx, owner, shop } = house;
  await signUp(ctx, { email: 'ann@example.com', name: 'Ann Lee', language: 'en' });
  await setPolicy(owner, 'surveyRestDays', rest);
  const surveyId = await createSurvey(owner, { template: 'contact' });
  await openSurvey(owner, { id: surveyId });
  const passDay = async () => {
    shop.clock.advance(DAY_MS + 1000);
    await workSurveys(ctx);
    await workSurveys(ctx);
  };
  const asked = async () =>
    (
      await rowsOf(ctx, "SELECT occasion FROM survey_invitations WHERE reason = 'contact' ORDER BY id")
    ).flat();
  return { ...house, passDay, asked };
}

test('who was spoken with is asked once, and what they say is shown at the contact and in the figures', async () => {
  const { agent, ann, ctx, passDay, asked } = await openAsking({ rest: '0' });
  const { id } = await log(agent, {
    customerId: ann,
    staffId: agent.staffId,
    summary: 'Where is my parcel?',
  });
  await passDay();
  expect(await asked()).toEqual([`contact ${id}`]);
  expect(await rowsOf(ctx, "SELECT count(*) FROM outbox WHERE template = 'survey_invitation'")).toEqual([
    [1],
  ]);
  const [[invitationId] = []] = await rowsOf(ctx, 'SELECT id FROM survey_invitations');
  const token = signatureOf(testSecret, invitationText(String(invitationId)));
  const nobody = { ...ctx, actor: { kind: 'anonymous' } } as const;
  const given = new Map([['satisfied', '2']]);
  expect(
    await answerSurvey(nobody, { key: { token }, questionId: 'satisfied', given, language: 'en' }),
  ).toEqual({ ok: true, nextId: null });
  expect(await getContact(agent, { id })).toMatchObject({
    satisfaction: 2,
    summary: 'Where is my parcel?',
    entries: [{ seq: 2, kind: 'rated', by: null, changed: [] }, { kind: 'logged' }],
  });
  const { people } = await getContactNumbers(agent, {
    ...{ period: 'year', since: '', until: '', channel: null, staffId: null },
  });
  expect(people[0]).toMatchObject({
    staff: { id: agent.staffId },
    now: { satisfied: 1, satisfactionSum: 2 },
  });
  expect((await listContacts(agent, { only: 'rated' })).items.map((one) => one.id)).toEqual([id]);
  await passDay();
  expect(await asked()).toHaveLength(1);
});

test('nobody is asked within the pause, nor about what was no talk or is rated already', async () => {
  const { agent, ann, bob, passDay, asked, shop } = await openAsking({ rest: '30' });
  await log(agent, { customerId: ann, isMissed: true });
  await log(agent, { customerId: ann, channel: 'post' });
  await log(agent, { customerId: ann, satisfaction: 4 });
  await log(agent, { customerId: bob });
  await passDay();
  expect(await asked()).toEqual([]);
  const waits = await log(agent, { customerId: ann, channel: 'message', direction: 'in', wantsAnswer: true });
  await passDay();
  expect(await asked()).toEqual([]);
  await finishTask(agent, { id: String(waits.taskId) });
  await passDay();
  expect(await asked()).toEqual([`contact ${waits.id}`]);
  await log(agent, { customerId: ann });
  await passDay();
  expect(await asked()).toHaveLength(1);
  shop.clock.advance(30 * DAY_MS);
  const later = await log(agent, { customerId: ann });
  await passDay();
  expect(await asked()).toEqual([`contact ${waits.id}`, `contact ${later.id}`]);
});
