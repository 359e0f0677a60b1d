import { expect, test } from 'vitest';
import type { House } from './house.ts';

/** Doors that strangers tried. */
export function describeDoors(open: () => House): void {
  test('has no address for the pages that answers are made of', async () => {
    for (const path of [
      '/500',
      '/404',
      '/busy',
      '/busy.html',
      '/refused',
      '/uk/500',
      '/uk/busy',
      '/uk/refused',
    ]) {
      const response = await fetch(open().origin + path, { redirect: 'manual' });
      expect([path, response.status]).toEqual([path, 404]);
      expect(response.headers.get('Content-Type')).toContain('text/html');
    }
  });
}
