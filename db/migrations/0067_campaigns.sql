CREATE TABLE `campaign_acts` (
	`campaign_id` text NOT NULL,
	`seq` integer NOT NULL,
	`kind` text NOT NULL,
	`content` text,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	PRIMARY KEY(`campaign_id`, `seq`),
	FOREIGN KEY (`campaign_id`) REFERENCES `campaigns`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `campaign_pictures` (
	`name` text PRIMARY KEY NOT NULL,
	`content` text NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `campaign_recipients` (
	`campaign_id` text NOT NULL,
	`customer_id` text NOT NULL,
	`root_id` text NOT NULL,
	`share` text NOT NULL,
	`mail_id` text,
	`voucher_code` text,
	`day` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`campaign_id`, `customer_id`),
	FOREIGN KEY (`campaign_id`) REFERENCES `campaigns`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `campaign_recipients_customer` ON `campaign_recipients` (`customer_id`,`campaign_id`);--> statement-breakpoint
CREATE INDEX `campaign_recipients_root` ON `campaign_recipients` (`root_id`,`campaign_id`);--> statement-breakpoint
CREATE INDEX `campaign_recipients_mail` ON `campaign_recipients` (`mail_id`);--> statement-breakpoint
CREATE TABLE `campaign_skips` (
	`campaign_id` text NOT NULL,
	`reason` text NOT NULL,
	`people` integer NOT NULL,
	PRIMARY KEY(`campaign_id`, `reason`),
	FOREIGN KEY (`campaign_id`) REFERENCES `campaigns`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `campaigns` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`state` text NOT NULL,
	`act_seq` integer NOT NULL,
	`content_seq` integer NOT NULL,
	`segment_id` text,
	`send_at` integer,
	`started_at` integer,
	`drawn_at` integer,
	`ended_at` integer,
	`after_customer_id` text NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `campaigns_state` ON `campaigns` (`state`,`send_at`);