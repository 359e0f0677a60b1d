import { anyCode } from '../identity/languages.ts';

/** Pages that answers are made of; they have no address of their own. */
const ownPages = new RegExp(`^${anyCode}/(?:404|500|busy|refused|not-found|prove)(?:\\.html|/|$)`);

export const isOwnPage = (path: string): boolean => ownPages.test(path);
