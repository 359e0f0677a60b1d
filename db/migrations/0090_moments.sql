CREATE TABLE `social_signs` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`customer_id` text NOT NULL,
	`place` text NOT NULL,
	`link` text,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	`withdrawn_at` integer,
	`withdrawn_by` text,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "social_signs_link" CHECK((kind = 'post') = (link IS NOT NULL)),
	CONSTRAINT "social_signs_withdrawn" CHECK((withdrawn_at IS NULL) = (withdrawn_by IS NULL))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `social_signs_follow` ON `social_signs` (`customer_id`,`place`) WHERE kind = 'follow';--> statement-breakpoint
CREATE UNIQUE INDEX `social_signs_post` ON `social_signs` (`link`) WHERE link IS NOT NULL;--> statement-breakpoint
CREATE INDEX `social_signs_at` ON `social_signs` (`at`,`id`);--> statement-breakpoint
CREATE INDEX `social_signs_customer` ON `social_signs` (`customer_id`,`at`);--> statement-breakpoint
CREATE TABLE `social_thanks` (
	`sign_id` text PRIMARY KEY NOT NULL,
	`root_id` text NOT NULL,
	`gift_minor` integer NOT NULL,
	`currency` text NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	FOREIGN KEY (`sign_id`) REFERENCES `social_signs`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`root_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "social_thanks_gift" CHECK(gift_minor > 0)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `social_thanks_root` ON `social_thanks` (`root_id`);--> statement-breakpoint
CREATE INDEX `social_thanks_at` ON `social_thanks` (`at`);--> statement-breakpoint
ALTER TABLE `contact_tasks` ADD `moment` text;--> statement-breakpoint
CREATE INDEX `contact_tasks_moment` ON `contact_tasks` (`moment`,`at`) WHERE moment IS NOT NULL;--> statement-breakpoint
ALTER TABLE `outbox` ADD `moment` text;--> statement-breakpoint
CREATE INDEX `outbox_moment` ON `outbox` (`moment`,`created_at`,`id`) WHERE moment IS NOT NULL;--> statement-breakpoint
CREATE INDEX `notices_reader` ON `notices` (`reader`,`subject`);--> statement-breakpoint
CREATE INDEX `lots_dated` ON `lots` (`dated_at`,`account_id`) WHERE remaining_minor > 0;--> statement-breakpoint
UPDATE `outbox` SET `moment` = CASE `template` WHEN 'nearly_there' THEN 'nearly_there' WHEN 'event_reminder' THEN 'event_soon' ELSE 'ending_soon' END
WHERE `template` IN ('nearly_there', 'event_reminder', 'credit_expiring', 'voucher_expiring');
