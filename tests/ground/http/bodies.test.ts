import { expect, test, vi } from 'vitest';
import { createBodyBudget } from '../../../functions/ground/http/body-budget.ts';
import { dropBody, readHeld } from '../../../functions/ground/http/request-body.ts';
import { isUpload, readUpload, readWholeForm } from '../../../src/forms.ts';

const MIB = 1024 * 1024;

/** A body that comes in chunks of a mebibyte, and tells how many were asked for. */
function chunked(chunks: number, end: 'whole' | 'silent' = 'whole') {
  let sent = 0;
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      if (sent < chunks) {
        sent += 1;
        controller.enqueue(new Uint8Array(MIB));
      } else if (end === 'whole') controller.close();
      else return new Promise(() => undefined);
      return undefined;
    },
  });
  const request = new Request('http://x/feedback', { method: 'POST', body, ...{ duplex: 'half' } });
  return { request, sent: () => sent };
}

test('a body takes its room as it comes and gives it back', async () => {
  const budget = createBodyBudget(5 * MIB);
  const first = await readHeld(chunked(3).request, { bytes_max: 4 * MIB, budget });
  expect(first).toMatchObject({ ok: true });
  const second = await readHeld(chunked(3).request, { bytes_max: 4 * MIB, budget });
  expect(second).toEqual({ ok: false, reason: 'no_room' });
  if (first.ok) first.release();
  expect(await readHeld(chunked(3).request, { bytes_max: 4 * MIB, budget })).toMatchObject({ ok: true });
});

test('a body too long is read to its end without being kept', async () => {
  const budget = createBodyBudget(50 * MIB);
  const long = chunked(30);
  expect(await readHeld(long.request, { bytes_max: 2 * MIB, budget })).toEqual({
    ok: false,
    reason: 'too_large',
  });
  expect(long.sent()).toBe(30);
  expect(budget.take(50 * MIB)).toBe(true);
  const unread = chunked(100);
  await dropBody(unread.request);
  expect(unread.sent()).toBe(100);
  const endless = chunked(1000);
  await dropBody(endless.request);
  expect(endless.sent()).toBeLessThan(140);
});

test('who stops sending is not waited for, and keeps no room', async () => {
  vi.useFakeTimers();
  try {
    const budget = createBodyBudget(5 * MIB);
    const reading = readHeld(chunked(2, 'silent').request, { bytes_max: 4 * MIB, budget });
    await vi.advanceTimersByTimeAsync(16_000);
    expect(await reading).toEqual({ ok: false, reason: 'too_slow' });
    expect(budget.take(5 * MIB)).toBe(true);
  } finally {
    vi.useRealTimers();
  }
});

function formRequest(path: string, fields: Record<string, string | Blob>): Request {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  return new Request(`http://x${path}`, { method: 'POST', body });
}

test('a form is read once, with its files', async () => {
  const budget = createBodyBudget(5 * MIB);
  const picture = new Blob([new Uint8Array(MIB)], { type: 'image/png' });
  const form = await readWholeForm(formRequest('/feedback', { text: ' hello ', files: picture }), budget);
  if (!form.ok) throw new Error(form.problem);
  const { fields, files } = await readUpload(form.request);
  expect(fields.get('text')).toBe('hello');
  expect(files.map(({ bytes }) => bytes.length)).toEqual([MIB]);
  expect(budget.take(5 * MIB)).toBe(false);
  form.release();
  expect(budget.take(5 * MIB)).toBe(true);
});

test.each([
  ['/sign-in', 'too large', 413],
  ['/uk/feedback', 'too many', 503],
])('a form of 200 kB to %s is %s: %i', async (path, _what, status) => {
  const request = formRequest(path, { text: 'x'.repeat(200_000) });
  expect(isUpload(request)).toBe(path !== '/sign-in');
  expect(await readWholeForm(request, createBodyBudget(100_000))).toMatchObject({ ok: false, status });
});
