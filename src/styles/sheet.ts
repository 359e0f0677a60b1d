import { createHash } from 'node:crypto';
import { portal } from '../portal.config.ts';
import { paletteCss } from '../theme/palette.ts';
import base from './base.css?inline';
import pages from './pages.css?inline';
import parts from './parts.css?inline';
import tokens from './tokens.css?inline';

/** The one style sheet, inlined in every page, so that its hash is the only one the policy allows. */
export const sheet = [paletteCss(portal.accent), tokens, base, parts, pages].join('').trim();

export const styleHash = `sha256-${createHash('sha256').update(sheet).digest('base64')}`;
