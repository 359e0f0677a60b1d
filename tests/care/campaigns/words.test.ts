import { afterEach, expect, test } from 'vitest';
import { checkCampaign } from '../../../functions/care/campaigns/check-campaign.ts';
import type { CampaignContentInput } from '../../../functions/care/campaigns/content/content.ts';
import { createCampaign } from '../../../functions/care/campaigns/edit-campaign.ts';
import { listSample, previewCampaign } from '../../../functions/care/campaigns/preview-campaign.ts';
import { readCampaign } from '../../../functions/care/campaigns/read-campaign.ts';
import { formatsOf } from '../../../functions/ground/formats/format.ts';
import { setStaffProfile } from '../../../functions/people/managers/profile/set-profile.ts';
import { setPreferences } from '../../../functions/people/preferences/set-preferences.ts';
import { aCampaign, aText, type CampaignHouse, openCampaignHouse, setSegmentOf } from './house.ts';

let house: CampaignHouse;
const open = async () => {
  house = await openCampaignHouse();
  return house;
};
afterEach(() => house.close());

const formats = formatsOf('en', 'Europe/London');

test('each reader is spoken to in their language and tone, in their figures', async () => {
  const { ctx, shop, people } = await open();
  const ids = await people(['ann', 'olena']);
  await shop.order({ email: 'ann@example.com', totals: [20_000] });
  const olena = ids.get('olena') ?? '';
  await setPreferences(
    { ...ctx, actor: { kind: 'customer', id: olena } },
    { customerId: olena, language: 'uk', tone: 'formal' },
  );
  const { id } = await createCampaign(
    ctx,
    aCampaign({
      subject: { en: 'For you', uk: 'Для вас' },
      blocks: [
        {
          ...aText('You have {balance}.\n\nOnly {missing} to go, {name}.'),
          texts: { en: 'You have {balance}.\n\nOnly {missing} to go.', uk: 'Привіт, чай уже тут.' },
          formal: { uk: 'Шановна пані, чай уже тут.' },
        },
      ],
    }),
  );
  const ann = await previewCampaign(ctx, { id, email: 'ann@example.com' });
  expect(ann).toMatchObject({ subject: 'For you' });
  expect(ann.text).toContain('You have €10.00.');
  expect(ann.text).toContain('Only €58.00 to go.');
  const other = await previewCampaign(ctx, { id, email: 'olena@example.com' });
  expect(other).toMatchObject({ subject: 'Для вас' });
  expect(other.text).toContain('Шановна пані, чай уже тут.');
  expect(other.text).not.toContain('Привіт');
});

test('a paragraph that names what its reader has not is left out', async () => {
  const { ctx, people } = await open();
  await people(['ann']);
  const { id } = await createCampaign(
    ctx,
    aCampaign({
      subject: { en: 'Tea, {name}' },
      blocks: [aText('You have {balance}.\n\nThe new tea is here.')],
    }),
  );
  const { subject, text } = await previewCampaign(ctx, { id, email: 'ann@example.com' });
  expect(subject).toBe('Tea');
  expect(text).toContain('The new tea is here.');
  expect(text).not.toContain('You have');
});

test('who reads another language gets it whole in one that it was written in', async () => {
  const { ctx, people } = await open();
  await people(['ann']);
  const subject = { uk: 'Весна вже тут' };
  const { id } = await createCampaign(
    ctx,
    aCampaign({ subject, blocks: [{ ...aText(''), texts: { uk: 'Новий чай.' } }] }),
  );
  const { text } = await previewCampaign(ctx, { id, email: 'ann@example.com' });
  expect(text).toContain('Вітаємо!');
  expect(text).toContain('Читати на нашому сайті');
  expect(text).not.toContain('Hello');
});

test('a sample names people of the segment, and nobody to an analyst', async () => {
  const { ctx, shop, people, hire } = await open();
  await people(['ann', 'bob']);
  await shop.order({ email: 'bob@example.com', totals: [90_000] });
  await setSegmentOf(ctx, 'big', 50_000);
  const { id } = await createCampaign(ctx, aCampaign({ segmentId: 'big' }));
  const { sample: customerIds } = await checkCampaign(ctx, { id });
  expect(await listSample(ctx, { customerIds })).toEqual([{ email: 'bob@example.com', name: null }]);
  expect(await listSample(await hire('analyst@example.com', 'analyst'), { customerIds })).toEqual([]);
});

test('every block stands in the mail, in its looks and in words alone', async () => {
  const { ctx, people } = await open();
  await people(['ann']);
  const blocks: CampaignContentInput['blocks'] = [
    { id: '00000002', kind: 'button', texts: { en: 'See it' }, link: 'https://shop.example/tea' },
    { id: '00000003', kind: 'picture', texts: { en: 'A field of tea' }, picture: 'tea.jpg', link: '' },
    {
      id: '00000004',
      kind: 'product',
      texts: { en: 'Oolong <b>' },
      lines: { en: '100 g' },
      picture: null,
      link: 'https://shop.example/o',
    },
  ];
  const { id } = await createCampaign(ctx, aCampaign({ blocks }));
  const { html, text } = await previewCampaign(ctx, { id, email: 'ann@example.com' });
  expect(html).toContain('href="https://shop.example/tea"');
  expect(html).toContain('src="http://localhost:4321/pictures/tea.jpg" alt="A field of tea"');
  expect(html).toContain('Oolong &lt;b&gt;');
  expect(text).toContain('See it:\nhttps://shop.example/tea');
  expect(text).toContain('A field of tea');
  expect(text).toContain('Oolong <b>\n100 g\nHave a look:\nhttps://shop.example/o');
});

test('one of the team signs it, and answers go to them', async () => {
  const { people, send, deliver, hire } = await open();
  await people(['ann']);
  const olga = await hire('olga@example.com', 'manager');
  const staffId = olga.actor.kind === 'staff' ? olga.actor.id : '';
  await setStaffProfile(olga, {
    staffId,
    name: 'Olga',
    phone: '',
    mail: 'olga@shop.example',
    hours: {},
    words: {},
  });
  await send({ sender: staffId });
  await deliver();
  expect(house.fake.accepted[0]?.body).toMatchObject({
    from: expect.stringContaining('"Olga, '),
    reply_to: '"Olga" <olga@shop.example>',
  });
});

test('its page is there for whom it told, and for nobody else', async () => {
  const { ctx, people, send } = await open();
  const ids = await people(['ann']);
  const others = await people(['cy'], { agree: false });
  const id = await send();
  const asked = { id, language: 'en', formats };
  const read = await readCampaign({ ...ctx, actor: { kind: 'customer', id: ids.get('ann') ?? '' } }, asked);
  expect(read).toMatchObject({
    subject: 'Spring is here',
    blocks: [{ kind: 'text', text: 'We have new tea.' }],
  });
  const cy = { ...ctx, actor: { kind: 'customer', id: others.get('cy') ?? '' } } as const;
  await expect(readCampaign(cy, asked)).rejects.toMatchObject({ code: 'not_found' });
});
