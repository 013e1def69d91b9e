/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Protection keys handed out to domains, on a machine that need not have any: the test keeps the
 * key of each page, and asks after each entry of a thread what the thread could do with it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <key_map.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define PAGE	    ((uintptr_t)4096)
#define BASE	    ((uintptr_t)1 << 30)
#define PAGES	    256
#define DOMAINS_MAX 40
#define PARTS_MAX   CONFIG_MAX_DOMAIN_PARTITIONS
#define UNTOLD	    99

static struct key_map map;
static unsigned int key_of[PAGES];	  /* what the processor would see */
static unsigned int assignments, failing; /* every failing-th assignment fails, 0: none */
static uint32_t seed;

struct domain {
	struct k_mem_partition parts[PARTS_MAX];
	size_t count;
	uint8_t rights[PAGES];
};

static struct domain domains[DOMAINS_MAX];

static unsigned int below(unsigned int limit)
{
	seed = seed * 1103515245u + 12345u;
	return (seed >> 16) % limit;
}

static int assign(uintptr_t start, size_t size, unsigned int key)
{
	assert_true(start >= BASE && start + size <= BASE + PAGES * PAGE);
	assert_int_equal((start | size) % PAGE, 0);
	assert_true(key <= map.keys);
	assignments++;
	if (failing && assignments % failing == 0)
		return -ENOMEM;
	for (size_t page = (start - BASE) / PAGE; page < (start - BASE + size) / PAGE; page++)
		key_of[page] = key;
	return 0;
}

static void add(size_t page, size_t pages)
{
	assert_int_equal(key_map_add(&map, BASE + page * PAGE, pages * PAGE), 0);
}

static void grant(struct domain *domain, size_t page, size_t pages, uint8_t rights)
{
	assert_true(domain->count < PARTS_MAX);
	domain->parts[domain->count++] =
		(struct k_mem_partition){ BASE + page * PAGE, pages * PAGE,
					  rights & PROT_WRITE ? K_MEM_PARTITION_P_RW_U_RW :
								K_MEM_PARTITION_P_RO_U_RO };
	for (size_t i = page; i < page + pages; i++)
		domain->rights[i] = rights;
}

static int set_up(void **state)
{
	memset(domains, 0, sizeof(domains));
	for (size_t i = 0; i < PAGES; i++)
		key_of[i] = UNTOLD;
	assignments = 0;
	failing = 0;
	seed = 1;
	key_map_init(&map, 13, assign, NULL);
	return 0;
}

/* Enter, and count the pages whose rights are less than granted. More is never right. */
static unsigned int enter(unsigned int number)
{
	const struct domain *domain = &domains[number];
	uint8_t rights[KEY_MAP_KEYS];
	unsigned int less = 0;

	key_map_view(&map, number + 1, domain->parts, domain->count, rights);
	assert_int_equal(rights[0], PROT_NONE);
	for (size_t page = 0; page < PAGES; page++) {
		uint8_t has;

		if (key_of[page] == UNTOLD)
			continue;
		has = rights[key_of[page]];
		if (has & ~domain->rights[page])
			fail_msg("domain %u page %zu: has %u, granted %u", number, page, has,
				 domain->rights[page]);
		less += has != domain->rights[page];
	}
	return less;
}

static void a_domain_s_memory_shares_one_key(void **state)
{
	add(0, 10);
	add(20, 4);
	grant(&domains[0], 0, 10, PROT_READ | PROT_WRITE);
	grant(&domains[0], 20, 4, PROT_READ | PROT_WRITE);
	assert_int_equal(enter(0), 0);
	assert_int_equal(key_of[0], key_of[20]);
	assert_int_not_equal(key_of[0], 0);
}

static void shared_memory_gets_a_key_of_its_own(void **state)
{
	add(0, 10);
	for (unsigned int i = 0; i < 3; i++) {
		add(20 + 10 * i, 4);
		grant(&domains[i], 0, 10, PROT_READ | PROT_WRITE);
		grant(&domains[i], 20 + 10 * i, 4, PROT_READ | PROT_WRITE);
	}
	for (unsigned int i = 0; i < 6; i++)
		assert_int_equal(enter(i % 3), 0);
	assert_int_not_equal(key_of[0], key_of[20]);
	assert_int_not_equal(key_of[20], key_of[30]);
	assert_int_not_equal(key_of[30], key_of[40]);
}

static void nothing_moves_while_keys_last(void **state)
{
	add(0, 10);
	for (unsigned int i = 0; i < 12; i++) {
		add(20 + 10 * i, 4);
		grant(&domains[i], 0, 10, PROT_READ | PROT_WRITE);
		grant(&domains[i], 20 + 10 * i, 4, PROT_READ | PROT_WRITE);
	}
	for (unsigned int i = 0; i < 12; i++)
		assert_int_equal(enter(i), 0);
	assignments = 0;
	map.moved = false;
	for (unsigned int i = 0; i < 120; i++)
		assert_int_equal(enter(i % 12), 0);
	assert_int_equal(assignments, 0);
	assert_false(map.moved);
}

static void more_domains_than_keys_stay_apart(void **state)
{
	add(0, 10);
	for (unsigned int i = 0; i < 40; i++) {
		add(20 + 4 * i, 2);
		grant(&domains[i], 0, 10, PROT_READ | PROT_WRITE);
		grant(&domains[i], 20 + 4 * i, 2, PROT_READ | PROT_WRITE);
	}
	for (unsigned int i = 0; i < 400; i++)
		assert_int_equal(enter(i % 40), 0);
	/* Two moves an entry at most: one domain's memory closes, the other's opens. */
	assignments = 0;
	for (unsigned int i = 0; i < 400; i++)
		assert_int_equal(enter(i % 40), 0);
	assert_in_range(assignments, 1, 800);
}

static void one_more_domain_than_keys_moves_seldom(void **state)
{
	for (unsigned int i = 0; i < 14; i++) {
		add(4 * i, 2);
		grant(&domains[i], 4 * i, 2, PROT_READ | PROT_WRITE);
	}
	for (unsigned int i = 0; i < 140; i++)
		assert_int_equal(enter(i % 14), 0);
	assignments = 0;
	for (unsigned int i = 0; i < 1400; i++)
		assert_int_equal(enter(i % 14), 0);
	/* In turn, the key least recently used would be the next one needed: 2800. */
	assert_in_range(assignments, 0, 1400);
}

static void memory_that_may_only_be_read_has_another_key(void **state)
{
	add(0, 10);
	add(20, 1);
	grant(&domains[0], 0, 10, PROT_READ | PROT_WRITE);
	grant(&domains[0], 20, 1, PROT_READ);
	assert_int_equal(enter(0), 0);
	domains[0].count = 0;
	memset(domains[0].rights, 0, sizeof(domains[0].rights));
	grant(&domains[0], 0, 10, PROT_READ | PROT_WRITE);
	assert_int_equal(enter(0), 0);
	grant(&domains[0], 20, 1, PROT_READ | PROT_WRITE);
	assert_int_equal(enter(0), 0);
}

static void a_partition_may_be_part_of_a_region(void **state)
{
	add(0, 100);
	grant(&domains[0], 10, 1, PROT_READ | PROT_WRITE);
	grant(&domains[1], 20, 5, PROT_READ | PROT_WRITE);
	grant(&domains[1], 10, 1, PROT_READ);
	for (unsigned int i = 0; i < 6; i++)
		assert_int_equal(enter(i % 2), 0);
	assert_int_equal(key_of[9], 0);
	assert_int_equal(key_of[11], 0);
}

static void a_partition_may_span_regions(void **state)
{
	add(0, 4);
	add(4, 4);
	grant(&domains[0], 0, 8, PROT_READ | PROT_WRITE);
	assert_int_equal(enter(0), 0);
	key_map_remove(&map, BASE, 4 * PAGE);
	assert_int_equal(enter(0), 0);
	/* Its key is left as it is; it is whoever enters it again who closes it. */
	add(0, 4);
	assert_int_equal(key_of[0], 0);
}

static void a_thread_may_want_more_rights_than_there_are_keys(void **state)
{
	key_map_init(&map, 2, assign, NULL);
	add(0, 30);
	add(40, 30);
	grant(&domains[0], 0, 30, PROT_READ | PROT_WRITE);
	grant(&domains[1], 0, 10, PROT_READ | PROT_WRITE);
	grant(&domains[1], 10, 5, PROT_READ);
	grant(&domains[1], 40, 5, PROT_READ | PROT_WRITE);
	grant(&domains[2], 12, 20, PROT_READ);
	grant(&domains[2], 42, 20, PROT_READ | PROT_WRITE);
	grant(&domains[3], 40, 30, PROT_READ);
	for (unsigned int i = 0; i < 200; i++)
		assert_int_equal(enter(below(3)), 0);
	for (unsigned int i = 0; i < 200; i++)
		assert_int_equal(enter(below(4)), 0);
}

static void draw_domains(unsigned int count, bool few_edges)
{
	for (unsigned int i = 0; i < count; i++) {
		size_t page = below(8);

		memset(&domains[i], 0, sizeof(domains[i]));
		while (domains[i].count < PARTS_MAX && page < PAGES - 40) {
			size_t pages = few_edges ? 8 : 1 + below(20);

			grant(&domains[i], page, pages,
			      below(3) ? PROT_READ | PROT_WRITE : PROT_READ);
			page += pages + below(40) / (few_edges ? 8 : 1) * (few_edges ? 8 : 1);
		}
	}
}

/* Threads that run while others enter, by domain. */
static bool running[DOMAINS_MAX];
static uint8_t rights_of[DOMAINS_MAX][KEY_MAP_KEYS];
static unsigned int stops;

static void stop(struct key_map *stopped)
{
	assert_ptr_equal(stopped, &map);
	stops++;
	memset(running, 0, sizeof(running));
	memset(map.held, 0, sizeof(map.held));
}

/* What each that runs can do now is what it is granted. */
static void check_running(void)
{
	for (unsigned int i = 0; i < DOMAINS_MAX; i++) {
		for (size_t page = 0; running[i] && page < PAGES; page++) {
			if (key_of[page] != UNTOLD)
				assert_int_equal(rights_of[i][key_of[page]],
						 domains[i].rights[page]);
		}
	}
}

/* It enters and runs on. */
static int enter_beside(unsigned int number)
{
	const struct domain *domain = &domains[number];
	int ret;

	running[number] = false;
	memset(map.held, 0, sizeof(map.held));
	for (unsigned int i = 0; i < DOMAINS_MAX; i++) {
		for (unsigned int key = 0; running[i] && key < KEY_MAP_KEYS; key++)
			map.held[key] |= rights_of[i][key] != PROT_NONE;
	}
	ret = key_map_view(&map, number + 1, domain->parts, domain->count, rights_of[number]);
	check_running();
	if (ret) {
		for (unsigned int key = 0; key < KEY_MAP_KEYS; key++)
			assert_int_equal(rights_of[number][key], PROT_NONE);
		return ret;
	}
	running[number] = true;
	check_running();
	return 0;
}

static int set_up_beside(void **state)
{
	set_up(state);
	memset(running, 0, sizeof(running));
	stops = 0;
	map.stop = stop;
	return 0;
}

static void who_runs_is_stopped_before_its_memory_is_cut_apart(void **state)
{
	add(0, 10);
	add(20, 4);
	add(30, 4);
	grant(&domains[0], 0, 10, PROT_READ | PROT_WRITE);
	grant(&domains[0], 20, 4, PROT_READ | PROT_WRITE);
	grant(&domains[1], 0, 10, PROT_READ | PROT_WRITE);
	grant(&domains[1], 30, 4, PROT_READ | PROT_WRITE);
	assert_int_equal(enter_beside(0), 0);
	assert_int_equal(stops, 0);
	assert_int_equal(enter_beside(1), 0);
	assert_int_equal(stops, 1);
	/* Once is enough: what they need has been told apart. */
	for (int i = 0; i < 10; i++) {
		assert_int_equal(enter_beside(0), 0);
		assert_int_equal(enter_beside(1), 0);
	}
	assert_int_equal(stops, 1);
	assert_true(running[0] && running[1]);
}

static void keys_of_who_runs_are_not_taken(void **state)
{
	for (unsigned int i = 0; i < 20; i++) {
		add(4 * i, 2);
		grant(&domains[i], 4 * i, 2, PROT_READ | PROT_WRITE);
	}
	for (unsigned int i = 0; i < 4; i++)
		assert_int_equal(enter_beside(i), 0);
	for (unsigned int i = 4; i < 20; i++) {
		assert_int_equal(enter_beside(i), 0);
		running[i] = false;
	}
	assert_int_equal(stops, 0);
	for (unsigned int i = 0; i < 4; i++)
		assert_true(running[i]);
}

static void who_finds_all_keys_held_has_to_wait(void **state)
{
	for (unsigned int i = 0; i < 14; i++) {
		add(4 * i, 2);
		grant(&domains[i], 4 * i, 2, PROT_READ | PROT_WRITE);
	}
	for (unsigned int i = 0; i < 13; i++)
		assert_int_equal(enter_beside(i), 0);
	assert_int_equal(enter_beside(13), -EBUSY);
	assert_int_equal(stops, 0);
	running[5] = false;
	assert_int_equal(enter_beside(13), 0);
	assert_int_equal(stops, 0);
}

static void a_key_that_was_emptied_is_not_another_s_while_it_is_open(void **state)
{
	key_map_init(&map, 2, assign, stop);
	add(0, 2);
	add(10, 2);
	add(20, 2);
	grant(&domains[0], 0, 2, PROT_READ | PROT_WRITE);
	grant(&domains[1], 10, 2, PROT_READ | PROT_WRITE);
	grant(&domains[2], 20, 2, PROT_READ | PROT_WRITE);
	assert_int_equal(enter_beside(0), 0);
	assert_int_equal(enter_beside(1), 0);
	key_map_remove(&map, BASE, 2 * PAGE);
	key_of[0] = key_of[1] = UNTOLD;
	assert_int_equal(enter_beside(2), -EBUSY);
	running[0] = false;
	assert_int_equal(enter_beside(2), 0);
}

static void any_that_run_side_by_side_have_what_they_are_granted(void **state)
{
	unsigned int entered = 0, waited = 0;

	for (unsigned int round = 0; round < 60; round++) {
		unsigned int count;

		memset(running, 0, sizeof(running));
		key_map_init(&map, 2 + below(12), assign, stop);
		add(0, PAGES);
		count = 2 + below(DOMAINS_MAX - 1);
		draw_domains(count, round % 2);
		for (unsigned int i = 0; i < 100; i++) {
			unsigned int number = below(count);

			/* Four cores: whoever is lowest leaves. */
			for (unsigned int k = 0, run = 0; k < DOMAINS_MAX; k++) {
				run += running[k];
				if (running[k] && (run > 3 || !below(4)))
					running[k] = false;
			}
			if (enter_beside(number))
				waited++;
			else
				entered++;
		}
	}
	assert_true(entered > 1000);
	assert_true(waited > 0);
	assert_true(stops > 0);
}

static void any_domains_get_what_they_are_granted(void **state)
{
	for (unsigned int round = 0; round < 60; round++) {
		unsigned int count = 1 + below(DOMAINS_MAX);

		key_map_init(&map, 2 + below(12), assign, NULL);
		add(0, PAGES);
		draw_domains(count, round % 2);
		for (unsigned int i = 0; i < 60; i++) {
			assert_int_equal(enter(below(count)), 0);
			if (!below(20)) {
				size_t page = below(PAGES - 10);

				key_map_remove(&map, BASE + page * PAGE, 10 * PAGE);
				add(page, 10);
			}
		}
	}
}

static void a_key_that_can_t_be_changed_never_opens_more(void **state)
{
	add(0, PAGES);
	for (unsigned int round = 0; round < 60; round++) {
		unsigned int count = 1 + below(DOMAINS_MAX);

		draw_domains(count, false);
		failing = 2 + below(5);
		for (unsigned int i = 0; i < 60; i++)
			enter(below(count));
		failing = 0;
		for (unsigned int i = 0; i < count; i++)
			assert_int_equal(enter(i), 0);
	}
}

static void a_full_table_closes_what_it_can_t_tell_apart(void **state)
{
	key_map_init(&map, 13, assign, NULL);
	for (size_t i = 0; i < PAGES; i += 2)
		add(i, 1);
	/* Far away, where no page is counted. */
	map.count = 0;
	for (size_t i = 0; i < KEY_MAP_PIECES; i++)
		map.piece[map.count++] =
			(struct key_piece){ BASE + 2 * i * PAGE, BASE + (2 * i + 1) * PAGE, 0 };
	assert_int_equal(key_map_add(&map, BASE + 255 * PAGE, PAGE), -ENOSPC);
	assert_int_equal(key_of[255], 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(a_domain_s_memory_shares_one_key, set_up),
		cmocka_unit_test_setup(shared_memory_gets_a_key_of_its_own, set_up),
		cmocka_unit_test_setup(nothing_moves_while_keys_last, set_up),
		cmocka_unit_test_setup(more_domains_than_keys_stay_apart, set_up),
		cmocka_unit_test_setup(one_more_domain_than_keys_moves_seldom, set_up),
		cmocka_unit_test_setup(memory_that_may_only_be_read_has_another_key, set_up),
		cmocka_unit_test_setup(a_partition_may_be_part_of_a_region, set_up),
		cmocka_unit_test_setup(a_partition_may_span_regions, set_up),
		cmocka_unit_test_setup(a_thread_may_want_more_rights_than_there_are_keys, set_up),
		cmocka_unit_test_setup(any_domains_get_what_they_are_granted, set_up),
		cmocka_unit_test_setup(a_key_that_can_t_be_changed_never_opens_more, set_up),
		cmocka_unit_test_setup(a_full_table_closes_what_it_can_t_tell_apart, set_up),
		cmocka_unit_test_setup(who_runs_is_stopped_before_its_memory_is_cut_apart,
				       set_up_beside),
		cmocka_unit_test_setup(keys_of_who_runs_are_not_taken, set_up_beside),
		cmocka_unit_test_setup(who_finds_all_keys_held_has_to_wait, set_up_beside),
		cmocka_unit_test_setup(a_key_that_was_emptied_is_not_another_s_while_it_is_open,
				       set_up_beside),
		cmocka_unit_test_setup(any_that_run_side_by_side_have_what_they_are_granted,
				       set_up_beside),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
