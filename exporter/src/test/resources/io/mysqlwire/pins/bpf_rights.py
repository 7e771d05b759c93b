"""What this user may do with BPF: a line "ATTEMPT: ok" or "ATTEMPT: ERRNO" for each.

bpf_rights.py LAYOUT FOREIGN: a directory of our pins, and a pin that is somebody else's. Changes nothing, even as root.
"""

import ctypes
import errno
import os
import platform
import struct
import sys

SYS_BPF = {"x86_64": 321, "aarch64": 280}[platform.machine()]
MAP_CREATE, MAP_LOOKUP, MAP_UPDATE, PROG_LOAD, OBJ_GET = 0, 1, 2, 5, 7
RDONLY = 8  # BPF_F_RDONLY
NOEXIST = 1  # BPF_NOEXIST: an array has all its elements, so that not even root's attempt changes it
libc = ctypes.CDLL(None, use_errno=True)


def bpf(command, attributes):
    buffer = ctypes.create_string_buffer(attributes, 128)
    result = libc.syscall(SYS_BPF, command, buffer, 128)
    if result < 0:
        raise OSError(ctypes.get_errno(), "bpf")
    return result


def address(buffer):
    return ctypes.addressof(buffer)


def get(path, flags=0):
    name = ctypes.create_string_buffer(path.encode())
    return bpf(OBJ_GET, struct.pack("QII", address(name), 0, flags))


def element(command, descriptor):
    key = ctypes.create_string_buffer(4)
    value = ctypes.create_string_buffer(8 * 1024)
    bpf(command, struct.pack("IIQQQ", descriptor, 0, address(key), address(value), NOEXIST))


def read_element(descriptor):
    key = ctypes.create_string_buffer(4)
    value = ctypes.create_string_buffer(8 * 1024)
    bpf(MAP_LOOKUP, struct.pack("IIQQQ", descriptor, 0, address(key), address(value), 0))


def load_program():
    # r0 = 0; exit: a socket filter.
    code = ctypes.create_string_buffer(bytes.fromhex("b700000000000000" "9500000000000000"))
    licence = ctypes.create_string_buffer(b"GPL")
    bpf(PROG_LOAD, struct.pack("IIQQ", 1, 2, address(code), address(licence)))


def main(layout, foreign):
    lost = layout + "/maps/lost"
    attempts = {
        "read a counter": lambda: read_element(get(lost, RDONLY)),
        "open a counter to write": lambda: get(lost),
        "write through a read-only descriptor": lambda: element(MAP_UPDATE, get(lost, RDONLY)),
        "open what is kept of connections": lambda: get(layout + "/maps/connections", RDONLY),
        "open a link": lambda: get(layout + "/links/command_arrives"),
        "open a foreign pin": lambda: get(foreign, RDONLY),
        "create a map": lambda: bpf(MAP_CREATE, struct.pack("IIII", 2, 4, 8, 1)),
        "load a program": load_program,
        "make a directory beside the pins": lambda: os.rmdir(os.mkdir(layout + "/mine") or layout + "/mine"),
    }
    for name, attempt in attempts.items():
        try:
            attempt()
            print(name + ": ok")
        except OSError as error:
            print(name + ": " + errno.errorcode[error.errno])


main(*sys.argv[1:])
