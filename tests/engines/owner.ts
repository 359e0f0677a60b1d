import { type Browser, openBrowser } from './browser.ts';
import type { House } from './house.ts';

const owners = new WeakMap<House, Promise<Browser>>();

/** An owner who signed in by the link that adds them, where nobody has to prove a second factor; one for each house. */
export function openOwner(house: House): Promise<Browser> {
  const owner = owners.get(house) ?? signInOwner(house);
  owners.set(house, owner);
  return owner;
}

async function signInOwner(house: House): Promise<Browser> {
  await house.regulars('settings', 'set', 'staffFactor', 'optional');
  const said = await house.regulars('staff', 'add', 'olena@tea.example', '--role', 'owner');
  const link = new URL(said.trim());
  const owner = openBrowser(house.origin);
  await owner.get(`${link.pathname}${link.search}`);
  await owner.post('/sign-in/link', {});
  return owner;
}
