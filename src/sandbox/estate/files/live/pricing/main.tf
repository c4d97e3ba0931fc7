locals {
  # One pricing worker serves three product lines.
  base = 3
}

resource "aws_launch_template" "pricing" {
  name          = "kestrel-pricing"
  image_id      = "ami-0f3c9b8d7e6a51420"
  instance_type = "c6i.xlarge"
}

resource "aws_autoscaling_group" "pricing" {
  name     = "kestrel-pricing"
  min_size = local.base * 2
  max_size = local.base * 4

  vpc_zone_identifier = ["subnet-0aa1", "subnet-0bb2", "subnet-0cc3"]

  launch_template {
    id      = aws_launch_template.pricing.id
    version = "$Latest"
  }

  tag {
    key                 = "Environment"
    value               = "production"
    propagate_at_launch = true
  }
}

resource "aws_autoscaling_policy" "cpu" {
  name                   = "cpu-target"
  autoscaling_group_name = aws_autoscaling_group.pricing.name
  policy_type            = "TargetTrackingScaling"

  target_tracking_configuration {
    target_value = 50

    predefined_metric_specification {
      predefined_metric_type = "ASGAverageCPUUtilization"
    }
  }
}
