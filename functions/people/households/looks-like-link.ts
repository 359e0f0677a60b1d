/**
 * What mail programs and telephones take for the point of an address, ideographic and full-width ones included. A lone
 * letter may follow, as in J.R. Smith: no address ends so.
 */
const linkLike = /:\/\/|www\.|\S[.\u3002\uff0e\uff61\u2024\ufe52](?!\p{L}(?![\p{L}\p{N}]))\S/iu;
const turning = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

/**
 * Whether a name that strangers read in our mail might be made a link by their mail program (any point between two
 * characters, so that addresses by numbers and domains of every script are found), or turns the text around it: nobody may
 * put an advertisement into an invitation.
 */
export function looksLikeLink(name: string): boolean {
  return linkLike.test(name) || turning.test(name);
}
