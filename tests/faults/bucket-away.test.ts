import { expect, test } from 'vitest';
import { openHouse } from '../engines/house.ts';
import { openFakeBucket } from '../support/fake-bucket.ts';
import { noSqld } from '../support/sqld.ts';
import { pngBytes } from '../voice/feedback/house.ts';

const text = 'The bag was torn, and the beans lay in the parcel.';

test.skipIf(noSqld !== null).each(['Node with a file', 'workerd with sqld'] as const)(
  '%s, while the bucket is away: the form comes back with its text, is taken without files, and with them later',
  async (engine) => {
    const { bucket, close } = await openFakeBucket();
    const { url, accessKeyId, secretAccessKey, region } = bucket.config;
    const house = await openHouse(engine, {
      BUCKET_URL: url,
      BUCKET_ACCESS_KEY_ID: accessKeyId,
      BUCKET_SECRET_ACCESS_KEY: secretAccessKey,
      BUCKET_REGION: region,
    });
    const tell = (key: string, files: number) => {
      const body = new FormData();
      for (const [name, value] of Object.entries({ kind: 'problem', text, answer: 'yes', key }))
        body.set(name, value);
      for (let file = 0; file < files; file += 1) body.append('files', new Blob([pngBytes()]), 'bag.png');
      const headers = { Origin: house.origin, 'Sec-Fetch-Site': 'same-origin' };
      return fetch(`${house.origin}/feedback`, { method: 'POST', body, redirect: 'manual', headers });
    };
    const [first, second] = [crypto.randomUUID(), crypto.randomUUID()];
    try {
      await house.regulars('settings', 'set', 'anonymousFeedback', 'on');
      bucket.plan.push(...Array.from({ length: 6 }, () => 503));
      const refused = await tell(first, 1);
      const page = await refused.text();
      expect([refused.status, refused.headers.get('Retry-After')]).toEqual([503, '30']);
      expect(page).toContain(text);
      expect(page).toContain('could not be saved just now');
      expect((await tell(second, 0)).status).toBe(303);
      bucket.plan.length = 0;
      expect((await tell(first, 1)).status).toBe(303);
      expect(
        await house.look('SELECT count(*), (SELECT count(*) FROM feedback_attachments) FROM feedback'),
      ).toEqual([['2', '1']]);
    } finally {
      await house.close();
      close();
    }
  },
);
