import { expect, test } from 'vitest';
import { openFakeBucket } from '../support/fake-bucket.ts';
import { noSqld } from '../support/sqld.ts';
import { pngBytes } from '../voice/feedback/house.ts';
import { openHouse } from './house.ts';

/** A form as a browser sends it from our own pages. */
function formOf(origin: string, fields: Record<string, string>, files: readonly Blob[]): RequestInit {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  for (const file of files) body.append('files', file, 'bag.png');
  return {
    method: 'POST',
    body,
    redirect: 'manual',
    headers: { Origin: origin, 'Sec-Fetch-Site': 'same-origin' },
  };
}

const fields = { kind: 'problem', text: 'The bag was torn.', answer: 'yes' };

test.skipIf(noSqld !== null).each(['Node with a file', 'workerd with sqld'] as const)(
  '%s keeps pictures, in a folder or in a bucket, and shows them to whoever has the address',
  async (engine) => {
    const { bucket, close } = await openFakeBucket();
    const isWorker = engine === 'workerd with sqld';
    const { url, accessKeyId, secretAccessKey, region } = bucket.config;
    const house = await openHouse(
      engine,
      isWorker
        ? {
            BUCKET_URL: url,
            BUCKET_ACCESS_KEY_ID: accessKeyId,
            BUCKET_SECRET_ACCESS_KEY: secretAccessKey,
            BUCKET_REGION: region,
          }
        : {},
    );
    try {
      const { origin } = house;
      await house.regulars('settings', 'set', 'anonymousFeedback', 'on');
      const picture = new Blob([pngBytes()], { type: 'image/png' });
      const key = crypto.randomUUID();
      const made = await fetch(`${origin}/feedback`, formOf(origin, { ...fields, key }, [picture]));
      expect(made.status).toBe(303);
      const location = made.headers.get('Location') ?? '';
      const page = await (await fetch(new URL(location, origin))).text();
      const [, href = ''] = /href="(\/attachments\/[^"]+)"/.exec(page) ?? [];
      const file = await fetch(new URL(href.replaceAll('&amp;', '&'), origin));
      expect(file.headers.get('Content-Security-Policy')).toContain('sandbox');
      expect(new Uint8Array(await file.arrayBuffer())).toEqual(pngBytes());
      expect(bucket).toMatchObject({ forged: 0, files: { size: isWorker ? 1 : 0 } });
      expect((await fetch(new URL(href.split('?')[0] ?? '', origin))).status).toBe(404);
      const large = new Blob([new Uint8Array(27 * 1024 * 1024)]);
      for (let time = 0; time < 5; time += 1)
        expect((await fetch(`${origin}/feedback`, formOf(origin, { ...fields, key }, [large]))).status).toBe(
          413,
        );
      const small = new Blob([new Uint8Array(100_000)]);
      expect((await fetch(`${origin}/sign-in`, formOf(origin, {}, [small]))).status).toBe(413);
      const turned = await fetch(`${origin}/account/feedback`, formOf(origin, { ...fields, key }, [large]));
      expect([turned.status, turned.headers.get('Location')]).toEqual([
        303,
        '/sign-in?next=%2Faccount%2Ffeedback',
      ]);
      expect((await fetch(`${origin}/readyz`)).status).toBe(200);
    } finally {
      await house.close();
      close();
    }
  },
);
