import { expect, test } from 'vitest';
import type { House } from './house.ts';

const addresses = [
  '/500',
  '/404',
  '/not-found',
  '/busy',
  '/busy.html',
  '/busy/uk',
  '/refused',
  '/refused/uk',
  '/uk/refused',
  '/prove',
  '/uk/prove',
];

/** Doors that strangers tried. */
export function describeDoors(open: () => House): void {
  test('has no address for the pages that answers are made of', async () => {
    for (const path of addresses) {
      const response = await fetch(open().origin + path, { redirect: 'manual' });
      expect([path, response.status]).toEqual([path, 404]);
      expect(response.headers.get('Content-Type')).toContain('text/html');
    }
  });
}
