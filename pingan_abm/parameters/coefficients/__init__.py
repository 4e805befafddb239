"""Every number that decides in a rule, a behaviour or an actor and is not one of the main parameters.

One module a group; the groups can be named in studies, so that a rule is moved as a whole.
"""

from pingan_abm.parameters.coefficients.cooperating import Cooperating
from pingan_abm.parameters.coefficients.dispatching import Dispatching
from pingan_abm.parameters.coefficients.experience import Experience
from pingan_abm.parameters.coefficients.groups import Groups
from pingan_abm.parameters.coefficients.handling import Handling
from pingan_abm.parameters.coefficients.hearing import Hearing
from pingan_abm.parameters.coefficients.knowing import Knowing
from pingan_abm.parameters.coefficients.leading import Leading
from pingan_abm.parameters.coefficients.network import Network
from pingan_abm.parameters.coefficients.noticing import Noticing
from pingan_abm.parameters.coefficients.organisations import Organisations
from pingan_abm.parameters.coefficients.paper import Paper
from pingan_abm.parameters.coefficients.people import People
from pingan_abm.parameters.coefficients.places import Places
from pingan_abm.parameters.coefficients.public import Public
from pingan_abm.parameters.coefficients.reporting import Reporting
from pingan_abm.parameters.coefficients.returns import Returns
from pingan_abm.parameters.coefficients.settling import Settling
from pingan_abm.parameters.coefficients.steering import Steering
from pingan_abm.parameters.coefficients.time import Time
from pingan_abm.parameters.coefficients.verifying import Verifying


# bases give their fields last to first
class Coefficients(
    Network,
    People,
    Time,
    Leading,
    Steering,
    Hearing,
    Groups,
    Organisations,
    Places,
    Experience,
    Public,
    Verifying,
    Paper,
    Cooperating,
    Handling,
    Returns,
    Knowing,
    Dispatching,
    Settling,
    Noticing,
    Reporting,
):
    """All coefficients, in the order of the cycle: reporting first, the networks last."""
