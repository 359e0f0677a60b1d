import { rmSync } from 'node:fs';
import { demoFolder } from './demo-settings.ts';

/** Takes the browsers' demo business away once all of them are closed. */
export default function removeDemo(): void {
  rmSync(demoFolder, { recursive: true, force: true });
}
