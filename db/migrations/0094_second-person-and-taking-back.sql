CREATE TABLE `promise_telling_withdrawals` (
	`telling_id` text PRIMARY KEY NOT NULL,
	`reason` text NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	FOREIGN KEY (`telling_id`) REFERENCES `promise_tellings`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
ALTER TABLE `guide_reads` ADD `seq` integer;--> statement-breakpoint
CREATE UNIQUE INDEX `guide_reads_seq` ON `guide_reads` (`staff_id`,`seq`);--> statement-breakpoint
ALTER TABLE `hospitality_decisions` ADD `decider_id` text REFERENCES staff(id);--> statement-breakpoint
ALTER TABLE `hospitality_decisions` ADD `is_alone` integer DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX `vouchers_with_minimum` ON `vouchers` (`issued_at`) WHERE minimum_minor > 0;