CREATE TABLE `search_progress` (
	`name` text PRIMARY KEY NOT NULL,
	`after_id` text NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `search_texts` (
	`id` integer PRIMARY KEY NOT NULL,
	`subject_id` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `search_texts_subject_id_unique` ON `search_texts` (`subject_id`);--> statement-breakpoint
CREATE INDEX `customers_name` ON `customers` (`name`) WHERE name IS NOT NULL;--> statement-breakpoint
CREATE INDEX `feedback_order_number` ON `feedback` (`order_number`) WHERE order_number IS NOT NULL;--> statement-breakpoint
CREATE VIRTUAL TABLE `customer_words` USING fts5(text, tokenize='trigram', content='', contentless_delete=1);--> statement-breakpoint
CREATE VIRTUAL TABLE `feedback_words` USING fts5(text, tokenize='trigram', content='', contentless_delete=1);--> statement-breakpoint
CREATE VIRTUAL TABLE `order_words` USING fts5(text, tokenize='trigram', content='', contentless_delete=1);--> statement-breakpoint
INSERT INTO `search_texts` (`subject_id`) SELECT `id` FROM `customers`;--> statement-breakpoint
INSERT INTO `customer_words` (rowid, text)
SELECT s.id, concat_ws(char(10), c.email, c.name, c.member_number, replace(c.member_number, '-', ''),
  (SELECT group_concat(key, char(10)) FROM customer_keys WHERE customer_id = c.id))
FROM `customers` AS c JOIN `search_texts` AS s ON s.subject_id = c.id WHERE c.withdrawn_at IS NULL;--> statement-breakpoint
INSERT INTO `search_texts` (`subject_id`) SELECT `id` FROM `feedback` ORDER BY `at`, `id`;--> statement-breakpoint
INSERT INTO `feedback_words` (rowid, text)
SELECT s.id, f.text FROM `feedback` AS f JOIN `search_texts` AS s ON s.subject_id = f.id;
