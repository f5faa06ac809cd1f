"""How many sockets may be open at once."""

from services.gateway.doors import Doors


def test_an_address_has_room_again_once_one_of_its_sockets_has_gone() -> None:
    doors = Doors(most=10, most_per_address=2)
    with doors.entered("10.0.0.1"):
        with doors.entered("10.0.0.1"):
            assert doors.full("10.0.0.1") == "address"
            assert doors.full("10.0.0.2") is None
        assert doors.full("10.0.0.1") is None


def test_a_household_is_one_address_in_ipv6() -> None:
    doors = Doors(most=10, most_per_address=1)
    with doors.entered("2001:db8:1:2::1"):
        assert doors.full("2001:db8:1:2:ffff::9") == "address"
        assert doors.full("2001:db8:1:3::1") is None


def test_a_process_that_is_full_takes_nobody_whatever_the_address() -> None:
    doors = Doors(most=2, most_per_address=2)
    with doors.entered("10.0.0.1"), doors.entered("10.0.0.2"):
        assert doors.full("10.0.0.3") == "process"
    assert doors.full("10.0.0.3") is None
    assert not doors._open
