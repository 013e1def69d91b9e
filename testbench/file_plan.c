/* SPDX-License-Identifier: BSD-3-Clause */
#include "file_plan.h"

#include "control/script.h"
#include "file_use.h"
#include "standard_output.h"

static int add_options(struct file_uses *uses, const struct options *options, struct problem *why)
{
	size_t i;
	int ret = file_use_read(uses, "-t", options->topology, why);

	if (!ret)
		ret = file_use_read(uses, "-s", options->script, why);
	for (i = 0; !ret && i < options->object_count; i++)
		ret = file_use_read(uses, "--module", options->objects[i], why);
	for (i = 0; !ret && i < options->input_count; i++)
		ret = file_use_read(uses, "-i", options->inputs[i], why);
	for (i = 0; !ret && i < options->module_count; i++) {
		ret = file_use_read(uses, "-m", options->modules[i].blob_path, why);
		if (!ret)
			ret = file_use_read(uses, "--init", options->modules[i].init_path, why);
	}
	for (i = 0; !ret && i < options->output_count; i++)
		ret = file_use_write(uses, "-o", options->outputs[i], why);
	if (!ret)
		ret = file_use_write(uses, "--report", options->report, why);
	return ret ? ret : file_use_write(uses, "--dot", options->dot, why);
}

/* Errors in the script itself are reported when it is planned. */
static int add_script(struct file_uses *uses, const struct options *options, struct problem *why)
{
	struct problem unfit = { 0 };
	struct script script;
	size_t i;
	int ret = 0;

	if (!options->script || script_read(options->script, &script, &unfit))
		return 0;
	for (i = 0; !ret && i < script.count; i++)
		if (script.commands[i].verb == SCRIPT_SET_BYTES)
			ret = file_use_read(uses, "sof-ctl -s", script.commands[i].value, why);
	for (i = 0; !ret && i < script.count; i++)
		ret = file_use_write(uses, "sof-ctl -o", script.commands[i].output, why);
	script_free(&script);
	return ret;
}

static bool takes_standard_output(const struct options *options)
{
	size_t i;

	for (i = 0; i < options->output_count; i++)
		if (standard_output_is(options->outputs[i]))
			return true;
	return options->report && standard_output_is(options->report);
}

int file_plan_check(const struct options *options, struct problem *why)
{
	struct file_uses uses = { 0 };
	int ret = add_options(&uses, options, why);

	if (!ret)
		ret = add_script(&uses, options, why);
	file_uses_free(&uses);
	if (!ret && takes_standard_output(options))
		ret = standard_output_claim(why);
	return ret;
}
