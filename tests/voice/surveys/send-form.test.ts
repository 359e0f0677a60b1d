import { expect, test } from 'vitest';
import { wordsIn } from '../../../src/locale.ts';
import { sentFrom } from '../../../src/surveys/send.ts';
import { openSurveyShop } from './survey-shop.ts';

test('a segment that is gone is told beside the list of segments', async () => {
  const shop = await openSurveyShop();
  const surveyId = await shop.survey();
  const fields = new Map([
    ['whom', 'segment'],
    ['in', 'gone'],
    ['key', 'k'],
  ]);
  const finished = () => new Response();
  const page = { ctx: shop.staff, surveyId, timeZone: 'Europe/Kyiv', t: wordsIn('en'), finished };
  expect(await sentFrom(fields, page)).toMatchObject([{ field: 'in' }]);
});
