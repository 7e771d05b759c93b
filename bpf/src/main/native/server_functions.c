/* SPDX-License-Identifier: Apache-2.0 */
#include "server_functions.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include <gelf.h>
#include <libelf.h>

/*
 * Beginnings of symbols: the types of the last arguments differ by version. Seen in MySQL 5.7 to
 * 9.7 and MariaDB 10.5 to 11.8.
 */
static const struct {
	const char *begins;
	enum server_function function;
	bool mysql;
} symbols[] = {
	{"vio_ssl_write", FUNCTION_WRITES, false}, /* MariaDB, MySQL 5.7 */
	{"_Z13vio_ssl_writeP3VioPKhm", FUNCTION_WRITES, false},
	{"_Z23thd_init_client_charsetP3THDj", FUNCTION_LOGS_IN, false},
	{"_Z16dispatch_command19enum_server_commandP3THDPcj", FUNCTION_BEGINS_COMMAND, false},
	{"_Z16dispatch_commandP3THDPK8COM_DATA19enum_server_command", FUNCTION_BEGINS_COMMAND,
	 true},
};

/* Offset in the file of an address; 0 when none is loaded there. */
static uint64_t offset_of(Elf *elf, uint64_t address)
{
	size_t n;

	if (elf_getphdrnum(elf, &n))
		return 0;
	for (size_t i = 0; i < n; i++) {
		GElf_Phdr segment;

		if (gelf_getphdr(elf, i, &segment) && segment.p_type == PT_LOAD &&
		    address - segment.p_vaddr < segment.p_filesz)
			return address - segment.p_vaddr + segment.p_offset;
	}
	return 0;
}

/*
 * The kernel emulates a push of a register, which functions begin with, and steps over an endbr64
 * with a second trap: so the probe is behind that.
 */
static uint64_t behind_landing(int fd, uint64_t offset)
{
	static const unsigned char endbr64[4] = {0xf3, 0x0f, 0x1e, 0xfa};
	unsigned char begin[4];

	if (pread(fd, begin, sizeof(begin), offset) == sizeof(begin) &&
	    memcmp(begin, endbr64, sizeof(begin)) == 0)
		return offset + sizeof(endbr64);
	return offset;
}

static void take_symbol(Elf *elf, const char *name, uint64_t address,
			struct server_functions *found)
{
	for (size_t i = 0; i < sizeof(symbols) / sizeof(symbols[0]); i++) {
		if (strncmp(name, symbols[i].begins, strlen(symbols[i].begins)) != 0)
			continue;
		found->offsets[symbols[i].function] = offset_of(elf, address);
		found->mysql |= symbols[i].mysql;
	}
}

static void take_symbols(Elf *elf, Elf_Scn *section, const GElf_Shdr *header,
			 struct server_functions *found)
{
	Elf_Data *table = elf_getdata(section, NULL);
	size_t n = header->sh_entsize ? header->sh_size / header->sh_entsize : 0;

	for (size_t i = 0; table && i < n; i++) {
		GElf_Sym symbol;
		const char *name;

		if (!gelf_getsym(table, i, &symbol) || symbol.st_shndx == SHN_UNDEF ||
		    GELF_ST_TYPE(symbol.st_info) != STT_FUNC)
			continue;
		name = elf_strptr(elf, header->sh_link, symbol.st_name);
		if (name)
			take_symbol(elf, name, symbol.st_value, found);
	}
}

static int find(int fd, Elf *elf, struct server_functions *found)
{
	Elf_Scn *section = NULL;
	GElf_Shdr header;

	if (elf_kind(elf) != ELF_K_ELF)
		return -ENOEXEC;
	while ((section = elf_nextscn(elf, section)))
		if (gelf_getshdr(section, &header) && header.sh_type == SHT_DYNSYM)
			take_symbols(elf, section, &header, found);
	for (int i = 0; i < SERVER_FUNCTIONS; i++) {
		if (!found->offsets[i])
			return -ENOENT;
		found->offsets[i] = behind_landing(fd, found->offsets[i]);
	}
	return 0;
}

int server_functions_find(int fd, struct server_functions *found)
{
	Elf *elf;
	int error;

	memset(found, 0, sizeof(*found));
	if (elf_version(EV_CURRENT) == EV_NONE)
		return -ENOEXEC;
	elf = elf_begin(fd, ELF_C_READ_MMAP, NULL);
	if (!elf)
		return -ENOEXEC;
	error = find(fd, elf, found);
	elf_end(elf);
	return error;
}
