/** Pages that answers are made of; they have no address of their own. In `wrangler.toml`, too. */
const ownPages = /^(?:\/[a-z]{2})?\/(?:404|500|busy|refused|not-found)(?:\.html|\/|$)/;

export const isOwnPage = (path: string): boolean => ownPages.test(path);
